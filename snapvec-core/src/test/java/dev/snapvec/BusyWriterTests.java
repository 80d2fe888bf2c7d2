package dev.snapvec;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long searches take beside a writer, and alone. One thread searches, so that two
 * processors are enough for both, and the compactions that the writer causes come on top.
 * Other processes disturb it, so it has three attempts.
 */
@Tag("slow")
class BusyWriterTests {

	private static final int DIMENSION = 128;

	private static final int ROWS = 30_000;

	/** A third of all rows a second. */
	private static final int UPSERTS_PER_MILLISECOND = 10;

	private static final int ATTEMPTS = 3;

	private static final float[][] VECTORS = TestVectors.random(1, ROWS, DIMENSION);

	private static final float[][] QUERIES = TestVectors.random(2, 64, DIMENSION);

	private static final List<String> IDS = TestVectors.ids("id", ROWS);

	private final AtomicBoolean done = new AtomicBoolean();

	static List<Supplier<VectorIndex>> types() {
		return List.of(() -> SnapIndex.builder(DIMENSION).build(), () -> ResidualSnapIndex.builder(DIMENSION).build(),
				() -> PqSnapIndex.builder(DIMENSION).subspaces(32).centroids(64).build(),
				() -> IvfPqSnapIndex.builder(DIMENSION)
					.nlist(64)
					.nprobe(16)
					.subspaces(32)
					.centroids(64)
					.keepFullPrecision(true)
					.build());
	}

	@ParameterizedTest
	@MethodSource("types")
	void theSlowestOfAHundredSearchesTakesAtMostTwiceAsLong(Supplier<VectorIndex> type) throws Exception {
		VectorIndex index = type.get();
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(Arrays.copyOf(VECTORS, 5_000));
		}
		index.addAll(IDS, VECTORS);
		index.compact();
		measure(index, 2);
		long[] alone = measure(index, 3);
		print(index, "alone", alone, alone);
		print(index, "beside a writer that never rests", measureBeside(index, Integer.MAX_VALUE), alone);
		double ratio = Double.MAX_VALUE;
		for (int attempt = 0; attempt < ATTEMPTS && ratio > 2; attempt++) {
			long[] beside = measureBeside(index, UPSERTS_PER_MILLISECOND);
			ratio = print(index, "beside 10,000 upserts a second", beside, alone);
		}
		assertThat(ratio).isLessThanOrEqualTo(2);
	}

	private long[] measureBeside(VectorIndex index, int upsertsPerMillisecond) throws Exception {
		this.done.set(false);
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(index, upsertsPerMillisecond),
				(task) -> new Thread(task).start());
		try {
			measure(index, 1);
			return measure(index, 4);
		}
		finally {
			this.done.set(true);
			writer.get(20, TimeUnit.SECONDS);
		}
	}

	private void write(VectorIndex index, int upsertsPerMillisecond) {
		Random random = new Random(3);
		long next = System.nanoTime();
		while (!this.done.get()) {
			for (int i = 0; i < upsertsPerMillisecond && !this.done.get(); i++) {
				index.upsert(IDS.get(random.nextInt(ROWS)), VECTORS[random.nextInt(ROWS)]);
			}
			next += TimeUnit.MILLISECONDS.toNanos(1);
			LockSupport.parkNanos(next - System.nanoTime());
		}
	}

	/** Sorted times in microseconds. */
	private static long[] measure(VectorIndex index, int seconds) {
		long[] micros = new long[1 << 20];
		int searches = 0;
		long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		for (long now = System.nanoTime(); now < end; searches++) {
			index.search(QUERIES[searches % QUERIES.length], 10);
			long then = now;
			now = System.nanoTime();
			micros[searches] = (now - then) / 1_000;
		}
		long[] sorted = Arrays.copyOf(micros, searches);
		Arrays.sort(sorted);
		return sorted;
	}

	private static double print(VectorIndex index, String when, long[] times, long[] alone) {
		double ratio = (double) percentile(times, 99) / percentile(alone, 99);
		System.out.printf(Locale.ROOT, "%s %s: median %d µs, p99 %d µs of %d searches, p99 × %.2f%n",
				index.stats().type(), when, percentile(times, 50), percentile(times, 99), times.length, ratio);
		return ratio;
	}

	private static long percentile(long[] sorted, int percent) {
		return sorted[sorted.length * percent / 100];
	}

}
