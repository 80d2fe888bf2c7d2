package dev.snapvec.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.StoreLockedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A log that is no longer where a restart looks for it, while it is written to: what is
 * not acknowledged is not applied, and what is acknowledged is found.
 */
@Timeout(60)
class LostLogTests extends StoreInTemporaryDirectory {

	private final SafeIndex index = newIndex();

	static Stream<LogSync> syncs() {
		return Stream.of(LogSync.always(), LogSync.every(Duration.ofMillis(20)), LogSync.never());
	}

	private List<Path> logs() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".snaplog")).sorted().toList();
		}
	}

	/** As who restores a backup does. */
	private void replaceDirectoryByACopy() throws IOException {
		Path copy = copy();
		StoreFixture.copy(this.directory, copy);
		deleteDirectory();
		Files.move(copy, this.directory);
	}

	private void replaceByACopy(Path file) throws IOException {
		Path copy = Files.copy(file, copy());
		Files.delete(file);
		Files.move(copy, file);
	}

	private void requireRefusal() {
		Map<String, List<String>> before = contents(this.index);
		for (int attempt = 0; attempt < 3; attempt++) {
			assertThatThrownBy(() -> this.index.upsert("tried", vector(5))).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("cannot apply the mutation")
				.hasMessageContaining(this.directory.toString())
				.hasMessageNotContaining("null");
			assertThatThrownBy(() -> this.index.delete("a")).isInstanceOf(IndexIoException.class);
		}
		assertThat(contents(this.index)).isEqualTo(before);
	}

	private void requireThatASaveMendsIt(IndexStore store) throws IOException {
		store.save(this.index);
		assertThat(ifKilled()).isEqualTo(contents(this.index));
		this.index.add("after", vector(9));
		this.index.delete("a");
		assertThat(ifKilled()).isEqualTo(contents(this.index)).containsKey("after").doesNotContainKey("a");
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheDirectoryIsReplacedByACopy(LogSync sync) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			replaceDirectoryByACopy();
			requireRefusal();
			requireThatASaveMendsIt(store);
		}
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheLogIsReplacedByACopy(LogSync sync) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			replaceByACopy(logs().get(0));
			requireRefusal();
			requireThatASaveMendsIt(store);
		}
	}

	/** As {@code cp -r} of a backup does: the file stays the same file. */
	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheLogIsWrittenOver(LogSync sync) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			byte[] backup = Files.readAllBytes(logs().get(0));
			this.index.add("b", vector(2));
			byte[] longer = Files.readAllBytes(logs().get(0));
			Files.write(logs().get(0), backup);
			requireRefusal();
			requireThatASaveMendsIt(store);
			this.index.add("a", vector(3));
			Files.write(logs().get(logs().size() - 1), longer, StandardOpenOption.APPEND);
			requireRefusal();
			store.save(this.index);
			assertThat(ifKilled()).isEqualTo(contents(this.index));
		}
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void aBackupWithoutTheLockFileIsNotWrittenOverBeforeTheStoreIsOpenedAgain(LogSync sync) throws IOException {
		Path elsewhere = this.temporary.resolve("elsewhere");
		Path newest = new StoreFiles(this.directory).snapshot(2);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			store.save(this.index);
			replaceDirectoryByACopy();
			Files.delete(this.directory.resolve(".lock"));
			requireRefusal();
			for (int attempt = 0; attempt < 2; attempt++) {
				assertThatThrownBy(() -> store.save(this.index)).isInstanceOf(StoreLockedException.class)
					.hasMessageContaining("was taken over by another writer")
					.hasMessageContaining("open it again");
				// the thread that forces the log at intervals may have noticed first
				assertThatThrownBy(() -> this.index.add("b", vector(2))).isInstanceOfAny(StoreLockedException.class,
						IndexIoException.class);
			}
			this.index.save(elsewhere);
		}
		catch (SnapvecException ex) {
			assertThat(ex).as("what closing says").isInstanceOfAny(StoreLockedException.class, IndexIoException.class);
		}
		Map<String, List<String>> inMemory = contents(this.index);
		Files.move(elsewhere, newest, StandardCopyOption.REPLACE_EXISTING);
		for (Path log : logs()) {
			Files.delete(log);
		}
		assertThat(ifKilled()).isEqualTo(inMemory);
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheDirectoryIsDeleted(LogSync sync) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			deleteDirectory();
			requireRefusal();
			Files.createDirectory(this.directory);
			requireThatASaveMendsIt(store);
		}
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheDirectoryIsRenamed(LogSync sync) throws IOException {
		Path elsewhere = this.temporary.resolve("elsewhere");
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			Files.move(this.directory, elsewhere);
			requireRefusal();
			Files.move(elsewhere, this.directory);
			requireThatASaveMendsIt(store);
		}
	}

	@Test
	void withAlwaysNoMutationIsAcknowledgedWhoseLogIsReplaced() throws IOException {
		IndexStore store = IndexStore.open(this.directory, 3);
		store.log(this.index, LogSync.always());
		this.index.add("a", vector(1));
		replaceByACopy(logs().get(0));
		for (int i = 0; i < 20; i++) {
			String id = "b" + i;
			assertThatThrownBy(() -> this.index.add(id, vector(2))).isInstanceOf(IndexIoException.class)
				.hasMessageContaining("was replaced by another file")
				.hasMessageNotContaining("null");
		}
		assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a");
		assertThatThrownBy(store::close).isInstanceOf(IndexIoException.class);
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void mutationsAreRefusedOnceTheLockFileIsReplaced(LogSync sync) throws IOException {
		IndexStore store = IndexStore.open(this.directory, 3);
		store.log(this.index, sync);
		this.index.add("a", vector(1));
		replaceByACopy(this.directory.resolve(".lock"));
		requireRefusal();
		assertThatThrownBy(store::close).isInstanceOf(IndexIoException.class).hasMessageContaining("lock file");
	}

	@Test
	void aSaveAfterTheLogWasReplacedHasEverythingAlthoughNothingIsForced() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.never());
			this.index.add("a", vector(1));
			replaceByACopy(logs().get(0));
			store.save(this.index);
			this.index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b");
		}
	}

	@Test
	void closingTellsThatTheLogWasReplaced() throws IOException {
		IndexStore store = IndexStore.open(this.directory, 3);
		store.log(this.index, LogSync.never());
		this.index.add("a", vector(1));
		replaceByACopy(logs().get(0));
		assertThatThrownBy(store::close).isInstanceOf(IndexIoException.class)
			.hasMessageContaining("close the log")
			.hasMessageContaining("was replaced by another file");
		IndexStore.open(this.directory, 3).close();
	}

	/**
	 * What a writer that lost the directory, and does not know it yet, does to its log.
	 */
	private static void writeTo(RandomAccessFile file, long at, long number, String id) throws IOException {
		ByteBuffer record = MutationRecords.put(List.of(id), new float[][] { vector(77) }).next();
		LogRecord.seal(record, number, number - 1);
		file.seek(at);
		file.write(record.array());
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void aWriterThatLostTheDirectoryChangesNothingThatTheNextOneRecords(LogSync sync) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, sync);
			this.index.add("a", vector(1));
			this.index.add("b", vector(2));
		}
		Path log = logs().get(0);
		long end = Files.size(log);
		try (RandomAccessFile lost = new RandomAccessFile(log.toFile(), "rw");
				IndexStore store = IndexStore.open(this.directory, 3)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> this.index.local().restore(found.index()));
			store.log(this.index, sync);
			writeTo(lost, end, 3, "stray");
			this.index.add("c", vector(3));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b", "c");
			writeTo(lost, lost.length(), 4, "stray");
			this.index.add("d", vector(4));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b", "c", "d");
			lost.setLength(end);
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b", "c", "d");
		}
		assertThat(IndexStore.verify(this.directory).isSound()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void restartsWithoutMutationsLeaveNoMoreLogs(LogSync sync) throws IOException {
		restart(sync, 3);
		restart(sync, 0);
		int logs = logs().size();
		for (int i = 0; i < 10; i++) {
			restart(sync, 0);
			assertThat(logs()).hasSizeLessThanOrEqualTo(logs);
			assertThat(ifKilled()).isEqualTo(contents(this.index)).hasSize(3);
		}
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void restartsWithMutationsLeaveALogEachAtMostAndASaveLeavesOne(LogSync sync) throws IOException {
		for (int i = 1; i <= 10; i++) {
			restart(sync, 3);
			assertThat(logs()).hasSizeLessThanOrEqualTo(i);
			assertThat(ifKilled()).isEqualTo(contents(this.index)).hasSize(3 * i);
		}
		try (IndexStore store = IndexStore.open(this.directory, 1)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> this.index.local().restore(found.index()));
			store.log(this.index, sync);
			store.save(this.index);
			assertThat(logs()).hasSize(1);
		}
		assertThat(ifKilled()).isEqualTo(contents(this.index)).hasSize(30);
	}

	private void restart(LogSync sync, int mutations) {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> this.index.local().restore(found.index()));
			store.log(this.index, sync);
			for (int i = 0; i < mutations; i++) {
				this.index.add("id-" + this.index.size(), vector(this.index.size()));
			}
		}
	}

}
