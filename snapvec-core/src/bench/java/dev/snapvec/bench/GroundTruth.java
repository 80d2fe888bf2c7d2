package dev.snapvec.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of largest inner product with each query, by comparing all.
 */
final class GroundTruth {

	private final int[][] rows;

	private GroundTruth(int[][] rows) {
		this.rows = rows;
	}

	static GroundTruth of(float[][] base, float[][] queries, int topK) {
		return new GroundTruth(
				Arrays.stream(queries).parallel().map((query) -> best(base, query, topK)).toArray(int[][]::new));
	}

	private static int[] best(float[][] base, float[] query, int topK) {
		int[] rows = new int[Math.min(topK, base.length)];
		float[] scores = new float[rows.length];
		int size = 0;
		for (int row = 0; row < base.length; row++) {
			float score = dot(base[row], query);
			if (size == rows.length && score <= scores[size - 1]) {
				continue;
			}
			int place = (size < rows.length) ? size++ : size - 1;
			for (; place > 0 && scores[place - 1] < score; place--) {
				scores[place] = scores[place - 1];
				rows[place] = rows[place - 1];
			}
			scores[place] = score;
			rows[place] = row;
		}
		return rows;
	}

	private static float dot(float[] a, float[] b) {
		float even = 0;
		float odd = 0;
		int i = 0;
		for (; i + 1 < a.length; i += 2) {
			even += a[i] * b[i];
			odd += a[i + 1] * b[i + 1];
		}
		return (i < a.length) ? even + odd + a[i] * b[i] : even + odd;
	}

	/**
	 * Tells which part of the true rows was found.
	 * @param found the rows found for each query
	 * @return the mean over all queries, 0 to 1
	 */
	double recall(int[][] found) {
		return IntStream.range(0, this.rows.length).mapToDouble((query) -> {
			long hits = Arrays.stream(this.rows[query])
				.filter((row) -> Arrays.stream(found[query]).anyMatch((other) -> other == row))
				.count();
			return (double) hits / this.rows[query].length;
		}).average().orElse(Double.NaN);
	}

}
