package dev.snapvec.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.FrozenIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.InvalidIdException;
import dev.snapvec.LoadOptions;
import dev.snapvec.NotFittedException;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is recorded, when, and what a restart makes of it.
 */
@Timeout(60)
class WriteAheadLogTests extends StoreInTemporaryDirectory {

	private Path only(String suffix) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).reduce((a, b) -> {
				throw new AssertionError(a + " and " + b);
			}).orElseThrow();
		}
	}

	static Stream<LogSync> syncs() {
		return Stream.of(LogSync.always(), LogSync.every(Duration.ofMillis(5)), LogSync.never());
	}

	@ParameterizedTest
	@MethodSource("syncs")
	void everyMutationThatReturnedSurvivesAKill(LogSync sync) throws IOException {
		SafeIndex index = newIndex();
		index.add("before", vector(0));
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, sync);
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(1);
			index.add("a", vector(1));
			index.addAll(List.of("b", "7", ""), new float[][] { vector(2), vector(3), vector(4) });
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(5);
			index.upsert("a", vector(5));
			index.upsertAll(List.of("b", "c"), new float[][] { vector(6), vector(7) });
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(6);
			index.delete("a");
			index.deleteAll(List.of("7", "not there"));
			index.attribute("model", "some");
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(5);
		}
		assertThat(ifKilled()).isEqualTo(contents(index));
	}

	/** Readers take a longer one for damage, and what was acknowledged for lost. */
	@Test
	void aMutationThatNoRecordCanHoldIsRefused() {
		long bytes = (1L << 30) + 1;
		assertThatThrownBy(() -> LogRecord.allocate(MutationRecords.ATTRIBUTE, bytes))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("at most 1073741824 bytes of the log, but takes 1073741825");
	}

	@Test
	void anIndexIsRecordedByOneStoreAtATime() throws IOException {
		SafeIndex index = newIndex();
		Path elsewhere = this.temporary.resolve("elsewhere");
		IndexStore first = IndexStore.open(this.directory, 3);
		try (IndexStore second = IndexStore.open(elsewhere, 3)) {
			first.log(index, LogSync.always());
			index.add("a", vector(1));
			assertThatThrownBy(() -> second.log(index, LogSync.always())).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("'test' has a log already");
			assertThat(elsewhere.toFile().list()).containsExactly(".lock");
			index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(2);
			first.close();
			second.log(index, LogSync.always());
			first.close();
			index.add("c", vector(3));
			assertThat(contentsIfKilled(elsewhere, copy())).isEqualTo(contents(index)).hasSize(3);
		}
	}

	@Test
	void aLongHistoryOfRestartsSnapshotsAndDamagedSnapshotsLosesNothing() throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		SafeIndex index = newIndex();
		for (int restart = 0; restart < 12; restart++) {
			try (IndexStore store = IndexStore.open(this.directory, 3)) {
				SafeIndex live = index;
				store.restoreNewestSound(LoadOptions.defaults())
					.ifPresent((found) -> live.local().restore(found.index()));
				store.log(index, LogSync.always());
				for (int i = random.nextInt(30); i > 0; i--) {
					mutate(index, random);
					if (random.nextInt(15) == 0) {
						store.save(index);
					}
				}
				List<Snapshot> snapshots = store.snapshots();
				if (snapshots.size() > 1) {
					flip(snapshots.get(0).path(), 40);
				}
				Path copy = copy();
				StoreFixture.copy(this.directory, copy);
				try (IndexStore killed = IndexStore.open(copy, 3)) {
					assertThat(killed.restoreNewestSound(LoadOptions.defaults())
						.map((restored) -> contents(restored.index()))
						.orElse(Map.of())).as("seed %d", seed).isEqualTo(contents(index));
				}
			}
			index = newIndex();
		}
	}

	private static void mutate(SafeIndex index, Random random) {
		String id = Integer.toString(random.nextInt(20));
		if (random.nextInt(3) == 0) {
			index.delete(id);
		}
		else {
			index.upsertAll(List.of(id, id + "x"),
					new float[][] { vector(random.nextInt(1000)), vector(random.nextInt(1000)) });
		}
	}

	private static void flip(Path path, long at) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.seek(at);
			int value = file.read();
			file.seek(at);
			file.write(value ^ 0x10);
		}
	}

	@Test
	void aRecordThatWasBeingWrittenIsLeftOutWhereverItEnds() throws IOException {
		SafeIndex index = newIndex();
		Map<String, List<String>> before;
		Path log;
		long sound;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			before = contents(index);
			log = only(".snaplog");
			sound = Files.size(log);
			index.add("b", vector(2));
		}
		byte[] all = Files.readAllBytes(log);
		for (int length = (int) sound; length < all.length; length++) {
			Files.write(log, Arrays.copyOf(all, length));
			assertThat(ifKilled()).as("%d bytes", length).isEqualTo(before);
		}
		Files.write(log, Arrays.copyOf(all, all.length - 3));
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			Restored restored = store.restore(LoadOptions.defaults()).orElseThrow();
			assertThat(restored.replayed()).isEqualTo(1);
			SafeIndex again = newIndex();
			again.local().restore(restored.index());
			store.log(again, LogSync.always());
			again.add("c", vector(3));
			assertThat(ifKilled()).isEqualTo(contents(again)).containsOnlyKeys("a", "c");
			assertThat(store.snapshots()).hasSize(1);
		}
	}

	@Test
	void aBatchOfManyRecordsIsRestoredWholeOrNotAtAll() throws IOException {
		SafeIndex index = newIndex();
		int rows = 60_000;
		float[][] vectors = IntStream.range(0, rows).mapToObj((row) -> vector(row % 50)).toArray(float[][]::new);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.addAll(IntStream.range(0, rows).mapToObj((row) -> "row-" + row).toList(), vectors);
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(rows);
		}
		Path log = only(".snaplog");
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
			file.setLength(file.length() - 1);
		}
		assertThat(ifKilled()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, 12, 30 })
	void damageInTheMiddleIsAnErrorThatSaysWhatIsLost(int offset) throws IOException {
		SafeIndex index = newIndex();
		Map<String, List<String>> before;
		Path log;
		long middle;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			before = contents(index);
			log = only(".snaplog");
			middle = Files.size(log);
			for (int i = 0; i < 5; i++) {
				index.add("later-" + i, vector(i));
			}
		}
		flip(log, middle + offset);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThatThrownBy(() -> store.restore(LoadOptions.defaults())).isInstanceOf(CorruptIndexException.class)
				.hasMessageContaining(log.toString())
				.hasMessageContaining("record 2, at byte " + middle)
				.hasMessageContaining("records up to 6 follow")
				.hasMessageContaining("the 1 mutations before it are valid")
				.hasMessageContaining("restore the newest valid state");
			Restored restored = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow();
			assertThat(contents(restored.index())).isEqualTo(before);
			assertThat(restored.skipped()).hasSize(1);
			assertThat(only(".corrupt")).hasFileName(log.getFileName() + ".corrupt");
			assertThat(ifKilled()).isEqualTo(before);
		}
	}

	@Test
	void aLogWhoseSnapshotsAreGoneIsAnError() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			Files.delete(only(".snapvec"));
		}
		assertThatThrownBy(this::ifKilled).isInstanceOf(CorruptIndexException.class)
			.hasMessageContaining("but its directory has none");
	}

	@Test
	void logsGoWithTheSnapshotsThatNeedThem() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			store.log(index, LogSync.always());
			for (int i = 0; i < 10; i++) {
				index.add("row-" + i, vector(i));
				store.save(index);
				assertThat(index.isDirty()).isFalse();
			}
			try (Stream<Path> files = Files.list(this.directory)) {
				assertThat(files.map((file) -> file.getFileName().toString())).containsExactlyInAnyOrder(".lock",
						"snapshot-0000000010.snapvec", "snapshot-0000000011.snapvec", "mutations-0000000010.snaplog",
						"mutations-0000000011.snaplog");
			}
		}
	}

	@Test
	void whatIsRefusedIsNotRecorded() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			long size = Files.size(only(".snaplog"));
			assertThatThrownBy(() -> index.add("a", vector(2))).isInstanceOf(InvalidIdException.class);
			assertThatThrownBy(() -> index.add("b", new float[3])).isInstanceOf(RuntimeException.class);
			assertThat(index.delete("b")).isFalse();
			index.addAll(List.of(), new float[0][]);
			index.freeze();
			assertThatThrownBy(() -> index.delete("a")).isInstanceOf(FrozenIndexException.class);
			assertThatThrownBy(() -> index.add("b", vector(2))).isInstanceOf(FrozenIndexException.class);
			assertThat(only(".snaplog")).hasSize(size);
		}
	}

	@Test
	void anIndexThatReplacesAnotherIsSavedFirst() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			SnapIndex next = SnapIndex.builder(StoreFixture.DIMENSION).bits(2).build();
			next.add("b", vector(2));
			index.replace(next);
			assertThat(ifKilled()).isEqualTo(contents(index)).containsOnlyKeys("b");
			index.add("c", vector(3));
			assertThat(ifKilled()).isEqualTo(contents(index)).containsOnlyKeys("b", "c");
			store.save(index);
			assertThat(ifKilled()).isEqualTo(contents(index));
		}
	}

	@Test
	void anIndexThatLearnsIsRecordedOnceItHas() throws IOException {
		PqSnapIndex learned = PqSnapIndex.builder(StoreFixture.DIMENSION).subspaces(4).centroids(4).build();
		SafeIndex index = new SafeIndex("test", learned);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.attribute("model", "some");
			assertThatThrownBy(() -> index.add("a", vector(1))).isInstanceOf(NotFittedException.class);
			assertThat(store.snapshots()).isEmpty();
			learned.fit(IntStream.range(0, 100).mapToObj(StoreFixture::vector).toArray(float[][]::new));
			index.add("a", vector(1));
			assertThat(ifKilled()).isEqualTo(contents(index)).containsOnlyKeys("a", "attribute model");
		}
	}

	@Test
	void anUnfittedIndexDoesNotTakeThePlaceOfWhatIsThere() {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(newIndex());
			SafeIndex unfitted = new SafeIndex("test",
					PqSnapIndex.builder(StoreFixture.DIMENSION).subspaces(4).build());
			assertThatThrownBy(() -> store.log(unfitted, LogSync.always())).isInstanceOf(NotFittedException.class);
		}
	}

	@Test
	void aNewIndexIsSavedByItsFirstMutationWhicheverThatIs() throws Exception {
		SafeIndex index = newIndex();
		int threads = 6;
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.never());
			assertThat(store.snapshots()).as("nothing to lose").isEmpty();
			List<Future<?>> adding = new ArrayList<>();
			for (int t = 0; t < threads; t++) {
				int row = t;
				adding.add(executor.submit(() -> {
					start.await();
					index.add("row" + row, vector(row));
					return null;
				}));
			}
			start.countDown();
			for (Future<?> add : adding) {
				add.get(30, TimeUnit.SECONDS);
			}
			assertThat(store.snapshots()).hasSize(1);
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(threads);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void anIndexThatWasJustSavedIsNotSavedAgain() throws IOException {
		SafeIndex index = newIndex();
		index.add("a", vector(1));
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(index);
			store.log(index, LogSync.always());
			index.add("b", vector(2));
			assertThat(store.snapshots()).hasSize(1);
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(2);
		}
	}

	@Test
	void theLogTellsHowLargeItGrewSinceTheNewestSnapshot() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThat(store.logStats()).isEmpty();
			store.log(index, LogSync.always());
			assertThat(store.logStats()).contains(new LogStats(0, 0, null));
			index.add("a", vector(1));
			long one = store.logStats().orElseThrow().bytes();
			assertThat(one).isEqualTo(Files.size(only(".snaplog")));
			index.add("b", vector(2));
			assertThat(store.logStats().orElseThrow().bytes()).isGreaterThan(one);
			store.save(index);
			assertThat(store.logStats().orElseThrow().bytes()).isEqualTo(LogHeader.BYTES);
			index.add("c", vector(3));
		}
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> index.local().restore(found.index()));
			store.log(index, LogSync.always());
			assertThat(store.logStats().orElseThrow().bytes()).isGreaterThan(LogHeader.BYTES);
		}
		assertThat(index.size()).isEqualTo(3);
	}

	@Test
	void theLogTellsWhyItFailsUntilItSucceeds() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
			Path log = only(".snaplog");
			Files.delete(log);
			assertThatThrownBy(() -> index.add("b", vector(2))).isInstanceOf(IndexIoException.class);
			LogStats failing = store.logStats().orElseThrow();
			assertThat(failing.failures()).isEqualTo(1);
			assertThat(failing.failure()).hasMessageContaining(log.getFileName().toString());
			store.save(index);
			index.add("b", vector(2));
			assertThat(store.logStats().orElseThrow().failure()).isNull();
			assertThat(store.logStats().orElseThrow().failures()).isEqualTo(1);
		}
		assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(2);
	}

	@Test
	void afterTheStoreIsClosedChangesAreInMemoryOnlyAndSavedWhenItIsLoggedAgain() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			index.add("a", vector(1));
		}
		index.add("b", vector(2));
		assertThat(ifKilled()).containsOnlyKeys("a");
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			assertThat(ifKilled()).isEqualTo(contents(index)).containsOnlyKeys("a", "b");
		}
	}

	@Test
	void writersShareWhatForcingCosts() throws Exception {
		int writers = 8;
		CountDownLatch appended = new CountDownLatch(writers - 1);
		AtomicInteger forced = new AtomicInteger(-1);
		SafeIndex index = newIndex();
		save(index);
		ExecutorService threads = Executors.newFixedThreadPool(writers);
		try (FaultyDisk disk = FaultyDisk.watched(() -> {
			if (forced.getAndIncrement() == 0) {
				awaitAll(appended);
			}
		}); IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			Path log = only(".snaplog");
			List<Future<?>> done = new ArrayList<>();
			for (int w = 0; w < writers; w++) {
				int id = w;
				done.add(threads.submit(() -> index.add("row-" + id, vector(id))));
			}
			long whole = LogHeader.BYTES + writers * (LogRecord.FRAME + 8 + 2 + 5 + 4L * StoreFixture.DIMENSION);
			while (Files.size(log) < whole) {
				Thread.onSpinWait();
			}
			IntStream.range(0, writers - 1).forEach((i) -> appended.countDown());
			for (Future<?> write : done) {
				write.get(30, TimeUnit.SECONDS);
			}
			assertThat(disk.failed()).isEmpty();
			assertThat(forced.get()).as("times forced").isBetween(1, 2);
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(writers);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** So that its log begins when the store is opened, not with its first mutation. */
	private void save(SafeIndex index) {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(index);
		}
	}

	private static void awaitAll(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void writersOfTheSameIdsAtOnceLeaveTheStateThatIsRestored() throws Exception {
		SafeIndex index = newIndex();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			List<Future<?>> done = new ArrayList<>();
			for (int w = 0; w < 4; w++) {
				Random random = new Random(w);
				done.add(threads.submit(() -> IntStream.range(0, 100).forEach((i) -> mutate(index, random))));
			}
			Set<Long> saved = new HashSet<>();
			while (!done.stream().allMatch(Future::isDone)) {
				saved.add(store.save(index).number());
			}
			for (Future<?> write : done) {
				write.get();
			}
			assertThat(saved).isNotEmpty();
			assertThat(ifKilled()).isEqualTo(contents(index));
			for (Snapshot snapshot : store.snapshots().subList(0, 2)) {
				Files.delete(snapshot.path());
			}
			assertThat(ifKilled()).as("from the oldest snapshot").isEqualTo(contents(index));
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void anInterruptedWriterFailsNobody() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(index, LogSync.always());
			Thread.currentThread().interrupt();
			index.add("a", vector(1));
			assertThat(Thread.interrupted()).isTrue();
			index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(index)).hasSize(2);
		}
	}

	@Test
	void nothingIsDoneToALogOnceItsStoreIsClosed() {
		for (int round = 0; round < 100; round++) {
			SafeIndex index = new SafeIndex("closed-" + round, StoreFixture.newIndex().index());
			try (IndexStore store = IndexStore.open(this.directory, 3)) {
				store.restore(LoadOptions.defaults()).ifPresent((found) -> index.local().restore(found.index()));
				store.log(index, LogSync.every(Duration.ofMillis(1)));
				index.upsert("a", StoreFixture.vector(round));
				LockSupport.parkNanos(500_000);
			}
			Thread.getAllStackTraces().forEach((thread, frames) -> {
				if (thread.getName().equals("snapvec-log-" + index.name())) {
					assertThat(frames).extracting(StackTraceElement::getClassName)
						.noneMatch((name) -> name.startsWith("dev.snapvec"));
				}
			});
		}
	}

}
