package dev.snapvec.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clustered vectors of length 1, the same for the same seed.
 */
final class SyntheticVectors {

	private static final int ROWS_A_CLUSTER = 100;

	private static final double SPREAD = 0.7;

	private final long seed;

	private final int dimension;

	private final float[][] centres;

	SyntheticVectors(long seed, int dimension, int rows) {
		this.seed = seed;
		this.dimension = dimension;
		int clusters = Math.max(1, rows / ROWS_A_CLUSTER);
		this.centres = IntStream.range(0, clusters)
			.parallel()
			.mapToObj((cluster) -> normalized(gaussian(random(0, cluster))))
			.toArray(float[][]::new);
	}

	float[][] base(int rows) {
		return around(1, rows);
	}

	float[][] queries(int rows) {
		return around(2, rows);
	}

	private float[][] around(int stream, int rows) {
		return IntStream.range(0, rows)
			.parallel()
			.mapToObj((row) -> around(random(stream, row)))
			.toArray(float[][]::new);
	}

	private float[] around(SplittableRandom random) {
		float[] centre = this.centres[random.nextInt(this.centres.length)];
		float[] vector = gaussian(random);
		double scale = SPREAD / Math.sqrt(this.dimension);
		for (int i = 0; i < this.dimension; i++) {
			vector[i] = (float) (centre[i] + scale * vector[i]);
		}
		return normalized(vector);
	}

	private float[] gaussian(SplittableRandom random) {
		float[] vector = new float[this.dimension];
		for (int i = 0; i < this.dimension; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

	private SplittableRandom random(int stream, int row) {
		return new SplittableRandom(this.seed ^ (((long) stream << Integer.SIZE) + row) * 0x9E3779B97F4A7C15L);
	}

	private static float[] normalized(float[] vector) {
		double squares = 0;
		for (float value : vector) {
			squares += (double) value * value;
		}
		double length = Math.sqrt(squares);
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) (vector[i] / length);
		}
		return vector;
	}

}
