package dev.snapvec.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clustered vectors of length 1, the same for the same seed. Within a cluster they differ
 * mostly along a few directions, and a little along all, as embeddings do.
 */
final class SyntheticVectors {

	private static final int DIRECTIONS = 32;

	private static final double SPREAD = 0.6;

	private static final double NOISE = 0.2;

	private final long seed;

	private final int dimension;

	private final float[][] directions;

	private final float[][] centres;

	SyntheticVectors(long seed, int dimension, int clusters) {
		this.seed = seed;
		this.dimension = dimension;
		this.directions = IntStream.range(0, DIRECTIONS)
			.mapToObj((direction) -> normalized(gaussian(random(3, direction), dimension)))
			.toArray(float[][]::new);
		this.centres = IntStream.range(0, clusters)
			.parallel()
			.mapToObj((cluster) -> normalized(gaussian(random(0, cluster), dimension)))
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
		float[] along = gaussian(random, DIRECTIONS);
		float[] vector = gaussian(random, this.dimension);
		float noise = (float) (NOISE / Math.sqrt(this.dimension));
		for (int i = 0; i < this.dimension; i++) {
			vector[i] = centre[i] + noise * vector[i];
		}
		for (int direction = 0; direction < DIRECTIONS; direction++) {
			float step = (float) (SPREAD / Math.sqrt(DIRECTIONS)) * along[direction];
			for (int i = 0; i < this.dimension; i++) {
				vector[i] += step * this.directions[direction][i];
			}
		}
		return normalized(vector);
	}

	private static float[] gaussian(SplittableRandom random, int length) {
		float[] vector = new float[length];
		for (int i = 0; i < length; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

	/**
	 * Makes a generator for one row. Its seed is mixed: seeds that differ by a step of
	 * the generator itself would give the same numbers, shifted.
	 */
	private SplittableRandom random(int stream, int row) {
		long mixed = this.seed + ((long) stream << Integer.SIZE) + row;
		mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return new SplittableRandom(mixed ^ (mixed >>> 31));
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
