package dev.snapvec.bench;

import java.io.IOException;
import java.util.stream.IntStream;

/**
 * What every contender is asked.
 *
 * @param base the rows to find
 * @param queries what to search for
 * @param truth the true answers
 */
record Workload(float[][] base, float[][] queries, GroundTruth truth) {

	static final int TOP_K = 10;

	private static final int SAMPLE_ROWS = 20_000;

	static Workload of(Options options) throws IOException {
		if (options.base() != null && options.queries() != null) {
			return of(FvecsFile.read(options.base(), options.rows(Integer.MAX_VALUE)),
					FvecsFile.read(options.queries(), options.queryRows()));
		}
		int rows = options.rows(Options.SYNTHETIC_ROWS);
		SyntheticVectors vectors = new SyntheticVectors(options.seed(), options.dimension(), rows);
		return of(vectors.base(rows), vectors.queries(options.queryRows()));
	}

	private static Workload of(float[][] base, float[][] queries) {
		return new Workload(base, queries, GroundTruth.of(base, queries, TOP_K));
	}

	int dimension() {
		return this.base[0].length;
	}

	/**
	 * Returns rows to learn from, spread evenly.
	 * @return the rows
	 */
	float[][] sample() {
		int rows = Math.min(SAMPLE_ROWS, this.base.length);
		return IntStream.range(0, rows)
			.mapToObj((i) -> this.base[(int) ((long) i * this.base.length / rows)])
			.toArray(float[][]::new);
	}

}
