package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.NumberedStore;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.internal.number.SnapshotCompanion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records with numbers and payloads, and commits of documents beside snapshots.
 */
class NumberedLogTests {

	@TempDir
	Path temporary;

	private Path directory() {
		return this.temporary.resolve("store");
	}

	/** A store, an index and its texts, restored from what is there. */
	private static final class Open implements AutoCloseable {

		private final IndexStore store;

		private final SafeIndex index = newIndex();

		private final Shelf shelf;

		private Open(Path directory, boolean logged) {
			this.store = IndexStore.open(directory, 2);
			this.shelf = Shelf.of(this.store);
			this.store.restore(LoadOptions.defaults()).ifPresent((found) -> {
				this.index.local().restore(found.index());
				this.shelf.restored(found.index());
			});
			this.shelf.follow(this.index);
			if (logged) {
				this.store.log(this.index, LogSync.always());
			}
		}

		private void put(String text, String... ids) {
			this.shelf.put(this.index, List.of(ids), vectors(ids.length, text.hashCode()), texts(text, ids));
		}

		private void change(String text, String... ids) {
			this.shelf.change(this.index, List.of(ids), texts(text, ids));
		}

		private static List<String> texts(String text, String... ids) {
			return IntStream.range(0, ids.length).mapToObj((i) -> text + " " + ids[i]).toList();
		}

		private Map<String, String> texts() {
			return this.shelf.texts(this.index.index());
		}

		@Override
		public void close() {
			this.store.close();
		}

	}

	private static float[][] vectors(int count, long seed) {
		return IntStream.range(0, count).mapToObj((i) -> vector(seed + i)).toArray(float[][]::new);
	}

	/** What a restart finds. */
	private void assertRestored(Path from, Open open) throws IOException {
		Path copy = Files.createTempDirectory(this.temporary, "copy");
		StoreFixture.copy(from, copy);
		try (Open again = new Open(copy, false)) {
			assertThat(again.texts()).isEqualTo(open.texts());
			assertThat(contents(again.index)).isEqualTo(contents(open.index));
			assertThat(numbers(again.index.index())).isEqualTo(numbers(open.index.index()));
			assertThat(again.shelf.size()).as("texts without rows").isEqualTo(again.texts().size());
		}
	}

	private static Map<String, Long> numbers(VectorIndex index) {
		Map<String, Long> numbers = new TreeMap<>();
		Numbers.of(index).forEach(numbers::put);
		return numbers;
	}

	@Test
	void whatWasRecordedOfDocumentsIsReplayed() throws IOException {
		try (Open open = new Open(directory(), true)) {
			open.put("first", "a", "b", "c", "d", "e");
			open.index.addAll(List.of("vector"), vectors(1, 9));
			open.put("second", "b");
			open.change("third", "c", "vector", "nobody");
			open.shelf.delete(open.index, List.of("a"));
			open.index.delete("d");
			open.index.upsert("e", vector(10));
			assertThat(open.texts()).isEqualTo(Map.of("b", "second b", "c", "third c", "vector", "third vector"));
			assertRestored(directory(), open);
			open.store.save(open.index);
			assertRestored(directory(), open);
			open.change("fourth", "e", "b");
			open.put("fifth", "a", "b");
			open.shelf.delete(open.index, List.of("c"));
			assertRestored(directory(), open);
		}
	}

	@Test
	void aRestartGivesNoNumberTwice() {
		long newest;
		try (Open open = new Open(directory(), true)) {
			open.put("first", "a", "b");
			open.put("second", "c");
			open.shelf.delete(open.index, List.of("c"));
			newest = Numbers.of(open.index.index()).newest();
		}
		for (int start = 0; start < 3; start++) {
			try (Open open = new Open(directory(), true)) {
				assertThat(Numbers.of(open.index.index()).newest()).isEqualTo(newest).isEqualTo(3);
				open.store.save(open.index);
			}
		}
	}

	@Test
	void recordsThatTheSnapshotHasAlreadyDoNoHarm() throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		try (Open open = new Open(directory(), true)) {
			open.put("begin", "0", "1", "2");
			open.store.save(open.index);
			for (int i = 0; i < 150; i++) {
				mutate(open, random, i);
			}
			Path first = open.store.snapshots().get(0).path();
			open.store.save(open.index);
			// the state after all records in place of the one before them
			Files.copy(open.store.snapshots().get(0).path(), first, StandardCopyOption.REPLACE_EXISTING);
			Path copy = Files.createTempDirectory(this.temporary, "twice");
			StoreFixture.copy(directory(), copy);
			Files.delete(copy.resolve(open.store.snapshots().get(0).path().getFileName()));
			assertRestored(copy, open);
		}
		System.out.println("seed " + seed);
	}

	@Test
	void anOlderVersionNeverReplacesANewerOne() throws IOException {
		try (Open open = new Open(directory(), true)) {
			open.put("older", "a", "b");
			open.change("newer", "b");
			open.put("newer", "a");
			Path first = open.store.snapshots().get(0).path();
			open.store.save(open.index);
			Files.copy(open.store.snapshots().get(0).path(), first, StandardCopyOption.REPLACE_EXISTING);
			Path copy = Files.createTempDirectory(this.temporary, "newer");
			StoreFixture.copy(directory(), copy);
			new StoreFiles(copy).logs().tailMap(2L).values().forEach((log) -> log.toFile().delete());
			Files.delete(new StoreFiles(copy).snapshot(2));
			Path log = new StoreFiles(copy).log(1);
			try (LogReader reader = new LogReader(log)) {
				LogRecord record = Objects.requireNonNull(reader.record(LogHeader.BYTES, 1, 1));
				Files.write(log, Arrays.copyOf(Files.readAllBytes(log), LogHeader.BYTES + record.bytes()));
			}
			assertRestored(copy, open);
			assertThat(open.texts()).isEqualTo(Map.of("a", "newer a", "b", "newer b"));
		}
	}

	private static void mutate(Open open, Random random, int i) {
		String[] ids = random.ints(1 + random.nextInt(3), 0, 6)
			.distinct()
			.mapToObj(Integer::toString)
			.toArray(String[]::new);
		switch (random.nextInt(7)) {
			case 0 -> open.change("changed " + i, ids);
			case 1 -> open.shelf.delete(open.index, List.of(ids));
			case 2 -> open.index.deleteAll(List.of(ids));
			case 3 -> open.index.upsertAll(List.of(ids), vectors(ids.length, random.nextInt(90)));
			default -> open.put("put " + i, ids);
		}
	}

	@Test
	void aBatchLargerThanARecordIsRestoredWhole() throws IOException {
		String[] ids = IntStream.range(0, 40).mapToObj(Integer::toString).toArray(String[]::new);
		try (Open open = new Open(directory(), true)) {
			open.put("x".repeat(200_000), ids);
			open.put("y".repeat(3_000_000), "3", "more");
			open.change("z".repeat(200_000), ids);
			assertRestored(directory(), open);
			Path log = new StoreFiles(directory()).logs().firstEntry().getValue();
			try (LogReader reader = new LogReader(log)) {
				LogReader.Sound sound = reader.check();
				assertThat(sound.mutations()).isEqualTo(3);
				assertThat(sound.records()).isBetween(15L, 30L);
			}
		}
	}

	@Test
	void aCommitIsKeptAsLongAsASnapshotNamesIt() throws IOException {
		try (Open open = new Open(directory(), false)) {
			for (int i = 1; i <= 4; i++) {
				open.put("text " + i, "a", "b" + i);
				open.store.save(open.index);
			}
			assertThat(Shelf.commits(directory())).containsExactly("documents-3", "documents-4");
			assertRestored(directory(), open);
			Files.delete(open.store.snapshots().get(0).path());
		}
		try (Open open = new Open(directory(), false)) {
			assertThat(open.texts()).hasSize(4).containsEntry("a", "text 3 a").doesNotContainKey("b4");
		}
	}

	@Test
	void aSnapshotWhoseDocumentsCannotBeSavedIsNotWritten() throws IOException {
		try (Open open = new Open(directory(), true)) {
			open.put("first", "a");
			NumberedStore.companion(open.store, new SnapshotCompanion() {
				@Override
				public long commit(long snapshot, Moment moment) {
					throw new IndexIoException(directory(), "write", new IOException("full"));
				}

				@Override
				public void retained(Set<Long> snapshots) {
				}
			});
			List<Snapshot> before = open.store.snapshots();
			assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> open.store.save(open.index))
				.withMessageContaining("full");
			assertThat(open.store.snapshots()).isEqualTo(before);
			assertThat(open.index.isDirty()).isTrue();
			open.put("second", "b");
			assertRestored(directory(), open);
		}
	}

	@Test
	void documentsThatAreReplacedWhileASnapshotIsWrittenAreInIt() throws IOException {
		try (Open open = new Open(directory(), true)) {
			open.put("old", "a", "b", "c");
			NumberedStore.companion(open.store, new SnapshotCompanion() {
				@Override
				public long commit(long snapshot, Moment moment) {
					assertThat(moment.newest()).isEqualTo(3);
					open.put("new", "a", "d");
					open.shelf.delete(open.index, List.of("b"));
					assertThat(moment.holds(1)).isTrue();
					assertThat(moment.holds(4)).isFalse();
					return open.shelf.commit(snapshot, moment);
				}

				@Override
				public void retained(Set<Long> snapshots) {
				}
			});
			open.store.save(open.index);
			assertRestored(directory(), open);
		}
		for (Path log : new StoreFiles(directory()).logs().values()) {
			Files.delete(log);
		}
		try (Open open = new Open(directory(), false)) {
			assertThat(open.texts()).isEqualTo(Map.of("a", "old a", "b", "old b", "c", "old c"));
		}
	}

	@Test
	void aReplayThatFailsBeginsAgainWithoutTheRecordThatDoesNotFit() throws IOException {
		try (Open open = new Open(directory(), true)) {
			open.put("first", "a", "b");
			open.put("second", "c");
		}
		Path log = new StoreFiles(directory()).logs().lastEntry().getValue();
		// the number of b for another id, too
		ByteBuffer record = MutationRecords
			.put(new NumberedRows(List.of("a", "d"), vectors(2, 7), new byte[][] { new byte[1], new byte[2] }), 4)
			.next();
		int each = Long.BYTES + 2 + 1 + StoreFixture.DIMENSION * Float.BYTES + Integer.BYTES;
		record.putLong(LogRecord.FRAME + 8 + each + 1, 2);
		LogRecord.seal(record, records(log) + 1, 0);
		Files.write(log, record.array(), StandardOpenOption.APPEND);
		try (IndexStore store = IndexStore.open(directory(), 2)) {
			Shelf shelf = Shelf.of(store);
			assertThatExceptionOfType(CorruptIndexException.class)
				.isThrownBy(() -> store.restore(LoadOptions.defaults()))
				.withMessageContainingAll(log.toString(), "the number 2 of id 'd' is that of id 'b'");
			int begun = shelf.begun();
			VectorIndex index = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index();
			assertThat(shelf.begun()).isEqualTo(begun + 2);
			shelf.restored(index);
			assertThat(shelf.texts(index)).isEqualTo(Map.of("a", "first a", "b", "first b", "c", "second c"));
			assertThat(shelf.size()).isEqualTo(3);
		}
	}

	private static long records(Path log) throws IOException {
		try (LogReader reader = new LogReader(log)) {
			return reader.check().records();
		}
	}

	@Test
	void aDirectoryOfTheVersionBeforeIsRestoredAndContinued() throws IOException {
		StoreFixture.copy(Path.of("src/test/resources/store-log-version-2"), directory());
		SafeIndex expected = newIndex();
		expected.addAll(List.of("row-2", "row-4", "größe", "row-7"),
				new float[][] { vector(20), vector(4), vector(21), vector(7) });
		expected.attribute("model", "second");
		for (int number = 2; number >= 1; number--) {
			Path copy = Files.createTempDirectory(this.temporary, "version");
			StoreFixture.copy(directory(), copy);
			if (number == 1) {
				Files.delete(new StoreFiles(copy).snapshot(2));
			}
			try (Open open = new Open(copy, true)) {
				assertThat(contents(open.index)).as("from snapshot %d", number).isEqualTo(contents(expected));
				assertThat(numbers(open.index.index())).isEmpty();
				open.change("text", "row-4");
				open.put("text", "more");
				assertThat(open.texts()).containsOnlyKeys("row-4", "more");
				assertRestored(copy, open);
			}
		}
	}

	@Test
	void manyNumberedMutationsAreReplayedInBatches() throws IOException {
		List<String> all = new ArrayList<>();
		try (Open open = new Open(directory(), true)) {
			for (int i = 0; i < 3; i++) {
				String[] ids = IntStream.range(i * 1000, i * 1000 + 1500)
					.mapToObj((id) -> "id" + id)
					.toArray(String[]::new);
				open.put("batch " + i, ids);
				all.addAll(List.of(ids));
			}
			open.change("changed", all.subList(0, 20).toArray(String[]::new));
			assertThat(open.texts()).hasSize(3500);
			assertRestored(directory(), open);
		}
	}

}
