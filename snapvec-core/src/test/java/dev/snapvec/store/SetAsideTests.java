package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is damaged is set aside whole or not at all, and what is restored is what the
 * files say that are left.
 */
@Timeout(60)
class SetAsideTests extends StoreInTemporaryDirectory {

	private StoreFiles files;

	@BeforeEach
	void nameFiles() {
		this.files = new StoreFiles(this.directory);
	}

	private static void damage(Path file) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 4;
		Files.write(file, bytes);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> list = Files.list(this.directory)) {
			return list.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.equals(".lock"))
				.sorted()
				.toList();
		}
	}

	@Test
	void whatIsSetAsideNeverTakesThePlaceOfWhatWasBefore() throws IOException {
		SafeIndex index = newIndex();
		Path snapshot;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			index.add("a", vector(1));
			store.save(index);
			index.add("b", vector(2));
			snapshot = store.save(index).path();
		}
		byte[] sound = Files.readAllBytes(snapshot);
		String name = snapshot.getFileName() + ".corrupt";
		Files.writeString(snapshot.resolveSibling(name), "first");
		Files.createDirectory(snapshot.resolveSibling(name + "-2"));
		for (int attempt = 3; attempt < 6; attempt++) {
			Files.write(snapshot, sound);
			damage(snapshot);
			byte[] damaged = Files.readAllBytes(snapshot);
			try (IndexStore store = IndexStore.open(this.directory, 3)) {
				assertThat(store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(1);
			}
			assertThat(snapshot).doesNotExist();
			assertThat(snapshot.resolveSibling(name + "-" + attempt)).hasBinaryContent(damaged);
			assertThat(snapshot.resolveSibling(name)).hasContent("first");
		}
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThat(store.snapshots()).hasSize(1);
			assertThat(store.save(index).number()).as("a number that nothing set aside has").isEqualTo(3);
		}
	}

	@Test
	void logsThatAreSetAsideNeverTakeThePlaceOfOthers() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			index.add("b", vector(2));
			index.add("c", vector(3));
		}
		Path log = this.files.log(1);
		byte[] sound = Files.readAllBytes(log);
		for (int attempt = 0; attempt < 3; attempt++) {
			Files.write(log, sound);
			damage(log);
			try (IndexStore store = IndexStore.open(this.directory, 3)) {
				assertThat(store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(1);
			}
			String corrupt = log.getFileName() + ".corrupt" + ((attempt > 0) ? "-" + (attempt + 1) : "");
			assertThat(names()).contains(corrupt).hasSize(3 + attempt);
		}
	}

	/**
	 * Two snapshots after the first are damaged, and a log in the middle of the chain.
	 */
	private void damageALot() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 5)) {
			store.log(index, LogSync.always());
			for (int i = 0; i < 12; i++) {
				index.add("row-" + i, vector(i));
				if (i % 4 == 3) {
					store.save(index);
				}
			}
			index.add("last", vector(20));
		}
		damage(this.files.snapshot(3));
		damage(this.files.snapshot(4));
		damage(this.files.log(3));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void settingAsideThatFailsAnywhereIsRepeated(boolean stays) throws IOException {
		damageALot();
		Path damaged = this.directory;
		Map<String, List<String>> expected = null;
		int failures = 0;
		for (long operation = 1;; operation++) {
			this.directory = copy();
			StoreFixture.copy(damaged, this.directory);
			try (FaultyDisk disk = FaultyDisk.failing(operation, stays);
					IndexStore store = IndexStore.open(this.directory, 5)) {
				Optional<Restored> restored;
				try {
					restored = store.restoreNewestSound(LoadOptions.defaults());
				}
				catch (IndexIoException ex) {
					failures++;
					assertThat(ex).hasMessageContaining("pretended");
					disk.heal();
					restored = store.restoreNewestSound(LoadOptions.defaults());
				}
				Map<String, List<String>> found = contents(restored.orElseThrow().index());
				expected = (expected != null) ? expected : found;
				assertThat(found).as("after operation %d failed", operation).isEqualTo(expected);
				assertThat(contents(store.restore(LoadOptions.defaults()).orElseThrow().index())).isEqualTo(expected);
				assertThat(IndexStore.verify(this.directory).isSound()).isTrue();
				if (disk.failed().isEmpty()) {
					break;
				}
			}
		}
		assertThat(failures).isGreaterThan(6);
		assertThat(expected.keySet()).contains("row-8").doesNotContain("last", "row-11");
	}

	@Test
	void whatIsLeftWhenSettingAllAsideFailsNeverGivesAnOlderState() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			store.log(index, LogSync.always());
			for (int i = 0; i < 9; i++) {
				index.add("row-" + i, vector(i));
				if (i % 3 == 1) {
					store.save(index);
				}
			}
		}
		Path full = this.directory;
		boolean failed = true;
		for (long operation = 1; failed; operation++) {
			this.directory = copy();
			StoreFixture.copy(full, this.directory);
			try (FaultyDisk disk = FaultyDisk.failing(operation, true);
					IndexStore store = IndexStore.open(this.directory, 2)) {
				try {
					store.setAside();
				}
				catch (IndexIoException ex) {
					assertThat(ex).hasMessageContaining("pretended");
				}
				failed = disk.failed().isPresent();
				disk.heal();
				try {
					store.restore(LoadOptions.defaults())
						.ifPresent((restored) -> assertThat(contents(restored.index())).isEqualTo(contents(index)));
				}
				catch (CorruptIndexException ex) {
					assertThat(ex).hasMessageContaining("but its directory has none");
				}
				store.setAside();
				assertThat(store.restore(LoadOptions.defaults())).isEmpty();
			}
		}
	}

	private static ByteBuffer record(int kind, int... content) {
		ByteBuffer record = LogRecord.allocate(kind, content.length * Integer.BYTES);
		for (int each : content) {
			record.putInt(each);
		}
		return record;
	}

	private static ByteBuffer put(String id, float[] vector) {
		return MutationRecords.put(List.of(id), new float[][] { vector }).next();
	}

	private static ByteBuffer more(ByteBuffer record) {
		LogRecord.more(record);
		return record;
	}

	private static float[] with(float coordinate) {
		float[] vector = vector(5);
		vector[3] = coordinate;
		return vector;
	}

	/** Records whose checksum is right, and which fit no index of these. */
	static Stream<Arguments> unfit() {
		return Stream.of(arguments("NaN", List.of(put("x", with(Float.NaN)))),
				arguments("infinite", List.of(put("x", with(Float.POSITIVE_INFINITY)))),
				arguments("another dimension", List.of(put("x", new float[3]))),
				arguments("unknown kind", List.of(record(9, 1))),
				arguments("empty", List.of(record(MutationRecords.PUT))),
				arguments("cut", List.of(record(MutationRecords.PUT, StoreFixture.DIMENSION, 1, 0))),
				arguments("rows below zero", List.of(record(MutationRecords.DELETE, -1))),
				arguments("attribute below zero", List.of(record(MutationRecords.ATTRIBUTE, -1, 2, 0))),
				arguments("not UTF-8", List.of(record(MutationRecords.DELETE, 1, 0xFFFF0002))),
				arguments("too long", List.of(record(MutationRecords.DELETE, 0, 0))),
				arguments("the second half", List.of(more(put("y", vector(6))), put("x", with(Float.NaN)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unfit")
	void aMutationThatCannotBeAppliedIsLeftOutWholeWithAllBehindIt(String what, List<ByteBuffer> unfit)
			throws IOException {
		SafeIndex index = newIndex();
		Map<String, List<String>> before;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			for (int i = 0; i < 5; i++) {
				index.add("row-" + i, vector(i));
			}
			index.delete("row-2");
			before = contents(index);
		}
		Path log = this.files.log(1);
		long sound = Files.size(log);
		int number = 7;
		for (Iterator<ByteBuffer> records = unfit.iterator(); records.hasNext(); number++) {
			append(log, number, records.next());
		}
		append(log, number, put("after", vector(8)));
		byte[] damaged = Files.readAllBytes(log);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThatThrownBy(() -> store.restore(LoadOptions.defaults())).isInstanceOf(CorruptIndexException.class)
				.hasMessageContaining(log.toString())
				.hasMessageContaining("record " + (6 + unfit.size()) + ", at byte ")
				.hasMessageNotContaining("null");
			Restored restored = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow();
			assertThat(contents(restored.index())).isEqualTo(before);
			assertThat(restored.replayed()).isEqualTo(6);
			assertThat(restored.skipped()).hasSize(1).first().isInstanceOf(CorruptIndexException.class);
			assertThat(log).hasSize(sound);
			assertThat(log.resolveSibling(log.getFileName() + ".corrupt")).hasBinaryContent(damaged);
			SafeIndex again = new SafeIndex("test", restored.index());
			store.log(again, LogSync.always());
			assertThat(ifKilled()).isEqualTo(before);
			again.add("more", vector(9));
			assertThat(ifKilled()).isEqualTo(contents(again)).containsKey("more");
		}
	}

	private static void append(Path log, long number, ByteBuffer record) throws IOException {
		byte[] bytes = record.array().clone();
		ByteBuffer copy = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		LogRecord.seal(copy, number, 0);
		Files.write(log, bytes, StandardOpenOption.APPEND);
	}

}
