package dev.snapvec.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How fast float matrices are multiplied.
 *
 * @param oneCore operations a second by one thread
 * @param allCores operations a second by a thread for each processor
 */
record MatrixRate(double oneCore, double allCores) {

	private static final int WARMUP = 50;

	private static final int ROUNDS = 5;

	private static final double ROUND_SECONDS = 0.2;

	private static volatile float sink;

	static MatrixRate measure() throws InterruptedException {
		MatrixProduct product = new MatrixProduct();
		for (int i = 0; i < WARMUP; i++) {
			product.multiply();
		}
		return new MatrixRate(median(1), median(Runtime.getRuntime().availableProcessors()));
	}

	private static double median(int threads) throws InterruptedException {
		double[] rates = new double[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			rates[i] = rate(threads);
		}
		Arrays.sort(rates);
		return rates[ROUNDS / 2];
	}

	private static double rate(int threads) throws InterruptedException {
		double[] rates = new double[threads];
		Thread[] workers = IntStream.range(0, threads)
			.mapToObj((thread) -> new Thread(() -> rates[thread] = rateOfThisThread()))
			.toArray(Thread[]::new);
		for (Thread worker : workers) {
			worker.start();
		}
		for (Thread worker : workers) {
			worker.join();
		}
		return Arrays.stream(rates).sum();
	}

	private static double rateOfThisThread() {
		MatrixProduct product = new MatrixProduct();
		long start = System.nanoTime();
		long count = 0;
		for (; Clock.secondsSince(start) < ROUND_SECONDS; count++) {
			product.multiply();
		}
		double rate = count * MatrixProduct.operations() / Clock.secondsSince(start);
		sink = product.checksum();
		return rate;
	}

}
