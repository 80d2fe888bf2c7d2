package dev.snapvec.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Times searches. First every query is asked once by all threads, which gives the recall.
 * Then one thread warms up and times passes over the queries. At last one thread and all
 * threads search in turn, for as long.
 */
final class Stopwatch {

	private static final double PASS_SECONDS = 2;

	private static final int LEAST_SEARCHES = 100;

	private static final int TURNS = 7;

	private static final double TURN_SECONDS = 0.4;

	private static final double NANOS_A_MICRO = 1e3;

	private final Workload workload;

	private final int threads;

	private final int passes;

	private final int warmupSeconds;

	Stopwatch(Workload workload, Options options) {
		this.workload = workload;
		this.threads = options.threads();
		this.passes = options.passes();
		this.warmupSeconds = options.warmupSeconds();
	}

	Timing time(Search search) throws Exception {
		double recall = recall(search);
		warmUp(search);
		double[] medians = new double[this.passes];
		double[] tails = new double[this.passes];
		long allocated = 0;
		long searches = 0;
		int first = 0;
		for (int pass = 0; pass < this.passes; pass++) {
			long[] nanos = new long[this.workload.queries().length];
			long before = Memory.allocatedByThisThread();
			int count = pass(search, first, nanos);
			allocated += Memory.allocatedByThisThread() - before;
			searches += count;
			first += count;
			Arrays.sort(nanos, 0, count);
			medians[pass] = nanos[count / 2] / NANOS_A_MICRO;
			tails[pass] = nanos[count * 99 / 100] / NANOS_A_MICRO;
		}
		double[] one = new double[TURNS];
		double[] all = new double[TURNS];
		for (int turn = 0; turn < TURNS; turn++) {
			one[turn] = throughput(search, 1);
			all[turn] = throughput(search, this.threads);
		}
		return new Timing(recall, median(medians), median(tails), median(one), median(all), allocated / searches);
	}

	private double recall(Search search) throws Exception {
		float[][] queries = this.workload.queries();
		int[][] found = new int[queries.length][];
		AtomicInteger next = new AtomicInteger();
		onThreads(this.threads, () -> {
			int query = next.getAndIncrement();
			while (query < queries.length) {
				found[query] = search.search(queries[query]);
				query = next.getAndIncrement();
			}
			return 0L;
		});
		return this.workload.truth().recall(found);
	}

	private void warmUp(Search search) throws Exception {
		long start = System.nanoTime();
		for (int i = 0; Clock.secondsSince(start) < this.warmupSeconds; i++) {
			search.search(query(i));
		}
	}

	/**
	 * Asks all queries, or as many as there is time for.
	 */
	private int pass(Search search, int first, long[] nanos) throws Exception {
		long start = System.nanoTime();
		int count = 0;
		while (count < nanos.length && (count < LEAST_SEARCHES || Clock.secondsSince(start) < PASS_SECONDS)) {
			float[] query = query(first + count);
			long before = System.nanoTime();
			search.search(query);
			nanos[count++] = System.nanoTime() - before;
		}
		return count;
	}

	private double throughput(Search search, int threads) throws Exception {
		long start = System.nanoTime();
		AtomicInteger next = new AtomicInteger();
		long searches = onThreads(threads, () -> {
			long count = 0;
			for (; Clock.secondsSince(start) < TURN_SECONDS; count++) {
				search.search(query(next.getAndIncrement()));
			}
			return count;
		});
		return searches / Clock.secondsSince(start);
	}

	private float[] query(int number) {
		float[][] queries = this.workload.queries();
		return queries[number % queries.length];
	}

	private static long onThreads(int threads, Callable<Long> work) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<Long>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(work));
			}
			long sum = 0;
			for (Future<Long> future : futures) {
				sum += future.get();
			}
			return sum;
		}
		finally {
			executor.shutdown();
		}
	}

	private static double median(double[] values) {
		Arrays.sort(values);
		return values[values.length / 2];
	}

}
