package dev.snapvec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * Readers beside writers: each guarantee of {@link VectorIndex} and {@link SafeIndex}
 * about threads.
 */
@Timeout(60)
class ConcurrencyTests {

	private static final int READERS = 3;

	private static final long MILLIS = 350;

	@TempDir
	Path directory;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicBoolean done = new AtomicBoolean();

	@AfterEach
	void endThreads() {
		this.threads.shutdownNow();
	}

	static List<IndexCase> types() {
		return IndexCase.types();
	}

	/** What a thread does again and again. */
	private interface Step {

		void run(int round) throws Exception;

	}

	/** Repeats the writer's step for a while, and the reader's beside it. */
	private void run(Step writer, Step reader) throws Exception {
		AtomicInteger reads = new AtomicInteger();
		List<Future<?>> readers = new ArrayList<>();
		for (int r = 0; r < READERS; r++) {
			readers.add(this.threads.submit((Callable<Void>) () -> {
				for (int round = 0; !this.done.get(); round++) {
					reader.run(round);
					reads.incrementAndGet();
				}
				return null;
			}));
		}
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
		int writes = 0;
		try {
			while (System.nanoTime() < end || reads.get() < READERS || writes <= 2) {
				writer.run(writes++);
				if (readers.stream().anyMatch(Future::isDone)) {
					break;
				}
			}
		}
		finally {
			this.done.set(true);
		}
		for (Future<?> future : readers) {
			future.get(20, TimeUnit.SECONDS);
		}
		assertThat(writes).isGreaterThan(2);
		assertThat(reads.get()).isGreaterThanOrEqualTo(READERS);
	}

	private static Set<String> ids(List<Hit> hits) {
		Set<String> ids = hits.stream().map(Hit::id).collect(Collectors.toSet());
		assertThat(ids).hasSameSizeAs(hits);
		return ids;
	}

	@ParameterizedTest
	@MethodSource("types")
	void aBatchIsSeenWholeOrNotAtAll(IndexCase kind) throws Exception {
		VectorIndex index = kind.filled("other", 1, 500);
		float[] vector = kind.vector(5);
		int size = 20;
		IdFilter others = IdFilter.not(TestVectors.ids("other", 500));
		run((round) -> {
			List<String> batch = TestVectors.ids("batch-" + round % 7, size);
			if (round % 14 < 7) {
				index.addAll(batch, TestVectors.repeated(vector, size));
			}
			else {
				index.deleteAll(batch);
			}
			if (round % 5 == 0) {
				index.compact();
			}
			index.upsert("other-" + round % 500, kind.vector(round));
		}, (round) -> {
			IdFilter filter = (round % 2 == 0) ? others : IdFilter.of(TestVectors.ids("batch-3", size));
			Set<String> ids = ids(index.search(SearchRequest.of(vector).topK(1000).among(filter).build()));
			assertThat(ids.size() % size).as("%s", ids).isZero();
			assertThat(ids.stream().map((id) -> id.substring(0, id.lastIndexOf('-'))).distinct())
				.hasSize(ids.size() / size);
		});
	}

	@ParameterizedTest
	@MethodSource("types")
	void aDeletedRowIsNeverSeenAgain(IndexCase kind) throws Exception {
		VectorIndex index = kind.empty();
		float[] vector = kind.vector(5);
		Set<String> gone = ConcurrentHashMap.newKeySet();
		run((round) -> {
			index.addAll(TestVectors.ids("r" + round, 5), TestVectors.repeated(vector, 5));
			List<String> deleted = TestVectors.ids("r" + round, 4);
			assertThat(index.deleteAll(deleted)).isEqualTo(4);
			gone.addAll(deleted);
			if (round % 50 == 49) {
				index.compact();
			}
		}, (round) -> {
			Set<String> before = Set.copyOf(gone);
			assertThat(ids(index.search(vector, 50))).noneMatch(before::contains);
			before.stream().limit(5).forEach((id) -> assertThat(index.contains(id)).isFalse());
		});
	}

	@ParameterizedTest
	@MethodSource("types")
	void anIdThatIsReplacedNeverVanishes(IndexCase kind) throws Exception {
		VectorIndex index = kind.filled("id", 1, 64);
		float[][] vectors = kind.vectors(5, 50);
		List<String> all = TestVectors.ids("id", 64);
		IdFilter filter = IdFilter.of(all);
		run((round) -> {
			if (round % 3 == 0) {
				index.upsertAll(all.subList(0, 32), kind.vectors(round, 32));
			}
			index.upsert("id-7", vectors[round % 50]);
			if (round % 100 == 99) {
				index.compact();
			}
		}, (round) -> {
			assertThat(index.contains("id-7")).isTrue();
			SearchRequest request = SearchRequest.of(vectors[0])
				.topK(100)
				.among((round % 2 == 0) ? filter : IdFilter.of(all))
				.build();
			assertThat(ids(index.search(request))).hasSize(64);
			assertThat(ids(index.search(vectors[1], 100))).hasSize(64);
			assertThat(index.size()).isEqualTo(64);
		});
	}

	@ParameterizedTest
	@MethodSource("types")
	void writersLoseNothingToEachOther(IndexCase kind) throws Exception {
		VectorIndex index = kind.empty();
		List<Future<?>> writers = new ArrayList<>();
		for (int w = 0; w < 4; w++) {
			int writer = w;
			writers.add(this.threads.submit(() -> {
				for (int round = 0; round < 60; round++) {
					index.addAll(TestVectors.ids(writer + "-" + round, 3), kind.vectors(round, 3));
					index.delete(writer + "-" + round + "-1");
					if (round % 20 == writer) {
						index.compact();
					}
				}
			}));
		}
		for (Future<?> writer : writers) {
			writer.get(30, TimeUnit.SECONDS);
		}
		assertThat(index.size()).isEqualTo(4 * 60 * 2);
		Set<String> found = ids(index.search(kind.vector(1), 1000));
		for (int w = 0; w < 4; w++) {
			for (int round = 0; round < 60; round++) {
				assertThat(found).contains(w + "-" + round + "-0", w + "-" + round + "-2");
			}
		}
	}

	@Test
	void ofTwoThatAddTheSameIdOneIsRefused() throws Exception {
		VectorIndex index = SnapIndex.builder(8).build();
		AtomicInteger added = new AtomicInteger();
		List<Future<?>> writers = new ArrayList<>();
		for (int w = 0; w < 4; w++) {
			writers.add(this.threads.submit(() -> {
				for (int round = 0; round < 300; round++) {
					try {
						index.add("id-" + round, TestVectors.random(round, 1, 8)[0]);
						added.incrementAndGet();
					}
					catch (InvalidIdException ex) {
						assertThat(ex).hasMessageContaining("'id-" + round + "'");
					}
				}
			}));
		}
		for (Future<?> writer : writers) {
			writer.get(30, TimeUnit.SECONDS);
		}
		assertThat(added).hasValue(300);
		assertThat(index.size()).isEqualTo(300);
	}

	@ParameterizedTest
	@MethodSource("types")
	void aFileSavedWhileRowsAreAddedHoldsThoseUpToOneMoment(IndexCase kind) throws Exception {
		VectorIndex index = kind.empty();
		AtomicInteger batches = new AtomicInteger();
		AtomicInteger file = new AtomicInteger();
		run((round) -> {
			index.addAll(TestVectors.ids("b" + round, 6), kind.vectors(round, 6));
			batches.incrementAndGet();
		}, (round) -> {
			Path path = this.directory.resolve("index" + file.incrementAndGet());
			int before = batches.get();
			index.save(path);
			int after = batches.get() + 1;
			VectorIndex loaded = VectorIndex.load(path);
			assertThat(loaded.size() % 6).isZero();
			int saved = loaded.size() / 6;
			assertThat(saved).isBetween(before, after);
			for (int b = 0; b < saved; b++) {
				assertThat(loaded.contains("b" + b + "-0")).isTrue();
				assertThat(loaded.contains("b" + b + "-5")).isTrue();
			}
		});
	}

	@Test
	void freezingIsAllOrNothingForWriters() throws Exception {
		VectorIndex index = SnapIndex.builder(8).build();
		AtomicInteger written = new AtomicInteger();
		Future<?> writer = this.threads.submit(() -> {
			try {
				while (true) {
					index.upsert("id-" + written.get() / 2, TestVectors.random(1, 1, 8)[0]);
					written.incrementAndGet();
				}
			}
			catch (FrozenIndexException ex) {
				// that is the end
			}
		});
		while (written.get() < 100) {
			Thread.onSpinWait();
		}
		index.freeze();
		IndexStats stats = index.stats();
		writer.get(20, TimeUnit.SECONDS);
		assertThat(index.stats()).isEqualTo(stats);
		assertThat(stats.size()).isEqualTo((written.get() + 1) / 2);
		assertThat(stats.deadRows()).as("mutations are refused before rows are compacted").isZero();
	}

	@ParameterizedTest
	@MethodSource("types")
	void whatIsBeingEncodedWhenTheIndexIsFrozenIsRefused(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, 5);
		assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> index.addAll(TestVectors.ids("more", 3),
				kind.vectors(2, 3), (phase, done, total) -> index.freeze()));
		assertThat(index.size()).isEqualTo(5);
	}

	@ParameterizedTest
	@MethodSource("types")
	void searchesGoOnWhileAMutationIsUnderWay(IndexCase kind) throws Exception {
		VectorIndex index = kind.filled("id", 1, 50);
		CountDownLatch begun = new CountDownLatch(1);
		CompletableFuture<Void> goOn = new CompletableFuture<>();
		Future<Integer> deletion = this.threads.submit(() -> index.deleteAll(new AbstractCollection<>() {

			@Override
			public Iterator<String> iterator() {
				begun.countDown();
				goOn.join();
				return List.of("id-7").iterator();
			}

			@Override
			public int size() {
				return 1;
			}

		}));
		begun.await();
		Future<List<Hit>> search = this.threads.submit(() -> index.search(kind.vector(2), 50));
		assertThat(search).succeedsWithin(Duration.ofSeconds(20)).asInstanceOf(LIST).hasSize(50);
		Future<?> mutation = this.threads.submit(() -> index.upsert("id-8", kind.vector(3)));
		assertThat(deletion).isNotDone();
		goOn.complete(null);
		assertThat(deletion.get(20, TimeUnit.SECONDS)).isEqualTo(1);
		mutation.get(20, TimeUnit.SECONDS);
		assertThat(index.search(kind.vector(2), 50)).hasSize(49);
	}

	@Test
	void searchesGoOnWhileMutationsWait() throws Exception {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(8).build());
		float[] vector = TestVectors.random(1, 1, 8)[0];
		index.add("a", vector);
		Future<?>[] writer = new Future<?>[1];
		index.local().betweenMutations(() -> {
			writer[0] = this.threads.submit(() -> index.add("b", vector));
			Future<List<Hit>> reader = this.threads.submit(() -> index.search(vector, 5));
			assertThat(reader).succeedsWithin(Duration.ofSeconds(20)).asInstanceOf(LIST).hasSize(1);
			assertThat(writer[0]).isNotDone();
		});
		writer[0].get(20, TimeUnit.SECONDS);
		assertThat(index.search(vector, 5)).hasSize(2);
	}

	@Test
	void manyRowsGoThroughCompactionUnnoticed() throws Exception {
		VectorIndex index = SnapIndex.builder(8).build();
		int window = 9_000;
		index.addAll(TestVectors.ids("k", 10), TestVectors.random(1, 10, 8));
		float[] query = TestVectors.random(2, 1, 8)[0];
		IdFilter kept = IdFilter.of(TestVectors.ids("k", 10));
		run((round) -> {
			index.upsertAll(TestVectors.ids("w", window), TestVectors.random(round % 3, window, 8));
		}, (round) -> {
			assertThat(ids(index.search(SearchRequest.of(query).topK(20).among(kept).build()))).hasSize(10);
			assertThat(index.size() % window).isEqualTo(10);
			assertThat(index.search(query, 30)).hasSizeGreaterThanOrEqualTo(10);
		});
		assertThat(index.size()).isEqualTo(window + 10);
	}

	@Test
	void nothingIsWrittenToWhatWasReplaced() throws Exception {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(8).build());
		run((round) -> {
			VectorIndex next = SnapIndex.builder(8).build();
			next.add("generation-" + round, TestVectors.random(round, 1, 8)[0]);
			VectorIndex old = index.replace(next);
			int size = old.size();
			assertThat(index.contains("generation-" + round)).isTrue();
			Thread.yield();
			assertThat(old.size()).isEqualTo(size);
		}, (round) -> {
			long before = index.generation();
			index.add(Thread.currentThread().getName() + "-" + round, TestVectors.random(round, 1, 8)[0]);
			assertThat(index.generation()).isGreaterThan(before);
		});
	}

	@Test
	void everyWriteIsInTheOldIndexOrTheNewOne() throws Exception {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(8).build());
		List<VectorIndex> replaced = new ArrayList<>();
		Set<String> written = ConcurrentHashMap.newKeySet();
		AtomicInteger next = new AtomicInteger();
		run((round) -> replaced.add(index.replace(SnapIndex.builder(8).build())), (round) -> {
			String id = "w" + next.incrementAndGet();
			index.upsert(id, TestVectors.random(round, 1, 8)[0]);
			written.add(id);
			if (round % 5 == 0) {
				index.compact();
			}
		});
		replaced.add(index.index());
		assertThat(replaced.stream().mapToInt(VectorIndex::size).sum()).isEqualTo(written.size());
	}

	@Test
	void aCleanHandleHasEverythingSaved() throws Exception {
		SafeIndex index = new SafeIndex("test", SnapIndex.builder(8).build());
		AtomicInteger returned = new AtomicInteger();
		Path file = this.directory.resolve("index");
		AtomicBoolean oneAtATime = new AtomicBoolean();
		run((round) -> {
			index.add("id-" + round, TestVectors.random(round, 1, 8)[0]);
			returned.set(round + 1);
		}, (round) -> {
			if (!oneAtATime.compareAndSet(false, true)) {
				return;
			}
			int before = returned.get();
			index.local().markSaved(index.save(file));
			int written = returned.get();
			boolean dirty = index.isDirty();
			int saved = VectorIndex.load(file).size();
			assertThat(saved).isGreaterThanOrEqualTo(dirty ? before : written);
			oneAtATime.set(false);
		});
		index.local().markSaved(index.save(file));
		assertThat(index.isDirty()).isFalse();
		assertThat(VectorIndex.load(file).size()).isEqualTo(index.size());
	}

}
