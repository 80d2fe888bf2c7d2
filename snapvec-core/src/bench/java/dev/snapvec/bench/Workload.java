package dev.snapvec.bench;

import java.io.IOException;
import java.util.stream.IntStream;

/**
 * What every contender is asked.
 *
 * @param base the rows to find
 * @param queries what to search for
 * @param sampleRows how many rows to learn from
 * @param truth the true answers
 */
record Workload(float[][] base, float[][] queries, int sampleRows, GroundTruth truth) {

	static final int TOP_K = 10;

	static Workload of(Options options) throws IOException {
		if (options.base() != null && options.queries() != null) {
			return of(options, FvecsFile.read(options.base(), options.rows(Integer.MAX_VALUE)),
					FvecsFile.read(options.queries(), options.queryRows()));
		}
		int rows = options.rows(Options.SYNTHETIC_ROWS);
		SyntheticVectors vectors = new SyntheticVectors(options.seed(), options.dimension(), options.clusters(rows));
		return of(options, vectors.base(rows), vectors.queries(options.queryRows()));
	}

	private static Workload of(Options options, float[][] base, float[][] queries) {
		return new Workload(base, queries, options.sampleRows(), GroundTruth.of(base, queries, TOP_K));
	}

	int dimension() {
		return this.base[0].length;
	}

	/**
	 * Returns rows to learn from, spread evenly.
	 * @return the rows
	 */
	float[][] sample() {
		int rows = Math.min(this.sampleRows, this.base.length);
		return IntStream.range(0, rows)
			.mapToObj((i) -> this.base[(int) ((long) i * this.base.length / rows)])
			.toArray(float[][]::new);
	}

}
