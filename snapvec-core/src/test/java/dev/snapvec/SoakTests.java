package dev.snapvec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer, readers, compactions and saves at once, for a while, beside a model that
 * remembers which vector an id had when. Mutations are numbered. A search begins after
 * the mutation of one number returned and ends before that of another one began, so:
 * <ul>
 * <li>every hit must be an id that was there at a number between, with the score of its
 * vector of then;
 * <li>a search among a few ids must find exactly those that were there at one of these
 * numbers, and so must a file that was saved;
 * <li>in the end the index holds what the model does, with the same scores.
 * </ul>
 */
class SoakTests {

	private static final int IDS = 6_000;

	private static final int VECTORS = 500;

	private static final int QUERIES = 8;

	private static final int READERS = 2;

	@TempDir
	Path directory;

	private final AtomicBoolean done = new AtomicBoolean();

	private final LongAdder searches = new LongAdder();

	private final LongAdder compactions = new LongAdder();

	private final LongAdder saves = new LongAdder();

	/** The number of the last mutation that began, and of the last that returned. */
	private volatile int begun;

	private volatile int returned;

	private final Map<String, Version> model = new ConcurrentHashMap<>();

	private IndexCase kind;

	private SafeIndex index;

	private float[][] vectors;

	private float[][] queries;

	/** What a vector of the pool scores for a query. */
	private float[][] scores;

	/** What an id had from one mutation to another: a vector, or none. */
	private static final class Version {

		private final int vector;

		private final int from;

		private final @Nullable Version before;

		private Version(int vector, int from, @Nullable Version before) {
			this.vector = vector;
			this.from = from;
			this.before = before;
		}

		/** The version at the time of a mutation. */
		private static @Nullable Version at(@Nullable Version newest, int number) {
			Version version = newest;
			while (version != null && version.from > number) {
				version = version.before;
			}
			return (version != null && version.vector >= 0) ? version : null;
		}

	}

	static List<IndexCase> types() {
		return IndexCase.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	@Timeout(60)
	void nothingIsLostOrWrongForASecond(IndexCase kind) throws Exception {
		soak(kind, Duration.ofMillis(800));
	}

	@ParameterizedTest
	@MethodSource("types")
	@Tag("slow")
	@Timeout(120)
	void nothingIsLostOrWrongForAMinuteInAll(IndexCase kind) throws Exception {
		soak(kind, Duration.ofSeconds(15));
	}

	private void soak(IndexCase kind, Duration time) throws Exception {
		long seed = System.nanoTime();
		prepare(kind);
		ExecutorService threads = Executors.newFixedThreadPool(READERS + 2);
		try {
			List<Future<?>> all = new ArrayList<>();
			all.add(threads.submit(() -> write(new Random(seed))));
			all.add(threads.submit(() -> maintain(new Random(seed + 1))));
			for (int r = 0; r < READERS; r++) {
				Random random = new Random(seed + 2 + r);
				all.add(threads.submit(() -> read(random)));
			}
			long end = System.nanoTime() + time.toNanos();
			while (System.nanoTime() < end && all.stream().noneMatch(Future::isDone)) {
				Thread.sleep(10);
			}
			this.done.set(true);
			for (Future<?> future : all) {
				future.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			this.done.set(true);
			threads.shutdownNow();
		}
		assertThat(contents(this.index.index(), 0)).as("seed %d", seed).isEqualTo(modelAt(this.returned, 0));
		System.out.printf(Locale.ROOT, "soak of %s: %d mutations, %d searches, %d compactions, %d saves, seed %d%n",
				kind, this.returned, this.searches.sum(), this.compactions.sum(), this.saves.sum(), seed);
		assertThat(List.of(this.searches.sum(), this.compactions.sum(), this.saves.sum())).allMatch((n) -> n > 0);
	}

	/** An index in another order and without history tells what each vector scores. */
	private void prepare(IndexCase kind) {
		this.kind = kind;
		this.vectors = kind.vectors(1, VECTORS);
		this.queries = kind.vectors(2, QUERIES);
		this.scores = new float[QUERIES][VECTORS];
		VectorIndex reference = kind.filled("v", 1, VECTORS);
		for (int q = 0; q < QUERIES; q++) {
			for (Hit hit : reference.search(this.queries[q], VECTORS)) {
				this.scores[q][Integer.parseInt(hit.id().substring(2))] = hit.score();
			}
		}
		this.index = new SafeIndex("soak", kind.empty());
	}

	private static String id(int number) {
		return (number % 3 == 0) ? Integer.toString(number) : "id-" + number;
	}

	private static List<String> someIds(Random random, int count) {
		return random.ints(count, 0, IDS).distinct().mapToObj(SoakTests::id).toList();
	}

	private void write(Random random) {
		while (!this.done.get()) {
			List<String> ids = someIds(random, (random.nextInt(4) > 0) ? 1 : 1 + random.nextInt(100));
			List<String> present = ids.stream()
				.filter((id) -> Version.at(this.model.get(id), this.begun) != null)
				.toList();
			switch (random.nextInt(5)) {
				case 0 -> mutate(present, random, true);
				case 1, 2 -> {
					List<String> absent = new ArrayList<>(ids);
					absent.removeAll(present);
					mutate(absent, random, false);
				}
				default -> mutate(ids, random, false);
			}
		}
	}

	/** Deletes ids, or adds or replaces them, as one numbered mutation. */
	private void mutate(List<String> ids, Random random, boolean delete) {
		if (ids.isEmpty()) {
			return;
		}
		int number = this.begun + 1;
		boolean add = !delete && ids.stream().allMatch((id) -> Version.at(this.model.get(id), number) == null);
		float[][] put = new float[ids.size()][];
		for (int i = 0; i < put.length; i++) {
			int vector = delete ? -1 : random.nextInt(VECTORS);
			put[i] = delete ? new float[0] : this.vectors[vector];
			this.model.compute(ids.get(i), (id, before) -> new Version(vector, number, before));
		}
		this.begun = number;
		if (delete) {
			assertThat(this.index.deleteAll(ids)).isEqualTo(ids.size());
		}
		else if (add) {
			this.index.addAll(ids, put);
		}
		else {
			this.index.upsertAll(ids, put);
		}
		this.returned = number;
	}

	private void read(Random random) {
		while (!this.done.get()) {
			int q = random.nextInt(QUERIES);
			if (random.nextInt(3) > 0) {
				int from = this.returned;
				List<Hit> hits = this.index.search(this.queries[q], 20);
				int to = this.begun;
				assertThat(hits).allMatch((hit) -> wasThere(hit, q, from, to), "was there with that score");
			}
			else {
				searchAmong(someIds(random, 50), q);
			}
			this.searches.increment();
		}
	}

	private boolean wasThere(Hit hit, int q, int from, int to) {
		for (int number = from; number <= to; number++) {
			Version version = Version.at(this.model.get(hit.id()), number);
			if (version != null && this.scores[q][version.vector] == hit.score()) {
				return true;
			}
		}
		return false;
	}

	private void searchAmong(List<String> ids, int q) {
		int from = this.returned;
		List<Hit> hits = this.index
			.search(SearchRequest.of(this.queries[q]).topK(ids.size()).among(IdFilter.of(ids)).build());
		int to = this.begun;
		Map<String, Float> found = new HashMap<>();
		hits.forEach((hit) -> found.put(hit.id(), hit.score()));
		assertThat(found).hasSameSizeAs(hits);
		for (int number = from; number < to; number++) {
			if (found.equals(modelAt(number, q, ids))) {
				return;
			}
		}
		assertThat(found).as("hits between mutations %d and %d", from, to).isEqualTo(modelAt(to, q, ids));
	}

	private Map<String, Float> modelAt(int number, int q) {
		return modelAt(number, q, this.model.keySet());
	}

	private Map<String, Float> modelAt(int number, int q, Iterable<String> ids) {
		Map<String, Float> there = new HashMap<>();
		for (String id : ids) {
			Version version = Version.at(this.model.get(id), number);
			if (version != null) {
				there.put(id, this.scores[q][version.vector]);
			}
		}
		return there;
	}

	private Map<String, Float> contents(VectorIndex index, int q) {
		Map<String, Float> contents = new HashMap<>();
		index.search(this.queries[q], Math.max(1, index.size())).forEach((hit) -> contents.put(hit.id(), hit.score()));
		assertThat(contents).hasSize(index.size());
		return contents;
	}

	private void maintain(Random random) {
		while (!this.done.get()) {
			for (int i = random.nextInt(8); i >= 0; i--) {
				this.index.compact();
				this.compactions.increment();
			}
			saveAndCheck(random.nextInt(QUERIES));
			this.saves.increment();
		}
	}

	private void saveAndCheck(int q) {
		Path file = this.directory.resolve("index");
		int from = this.returned;
		this.index.save(file);
		int to = this.begun;
		Map<String, Float> saved = contents(VectorIndex.load(file), q);
		for (int number = from; number < to; number++) {
			if (saved.equals(modelAt(number, q))) {
				return;
			}
		}
		assertThat(saved).as("saved between mutations %d and %d", from, to).isEqualTo(modelAt(to, q));
	}

}
