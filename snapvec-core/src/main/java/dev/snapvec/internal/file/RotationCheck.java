package dev.snapvec.internal.file;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Tells whether a matrix is orthogonal, without multiplying it by its transpose: a few
 * vectors of random signs must come back from it and its transpose as they were.
 * <p>
 * R. Freivalds, <i>Probabilistic Machines Can Use Less Running Time</i> (1977).
 */
public final class RotationCheck {

	/**
	 * Each misses an error of the tolerance in two thirds of cases, of ten times that in
	 * one of 12.
	 */
	private static final int PROBES = 8;

	/** Float32 rotations are orthogonal to 1e-5 at any length there can be. */
	private static final float TOLERANCE = 1e-3f;

	private static final long SEED = 0x5eed;

	private RotationCheck() {
	}

	/**
	 * @param rotation length × length numbers, row by row
	 * @param length rows and columns
	 * @throws MalformedFileException if the matrix is not orthogonal
	 */
	public static void require(float[] rotation, int length) throws MalformedFileException {
		for (int i = 0; i < rotation.length; i++) {
			if (!(Math.abs(rotation[i]) <= 1 + TOLERANCE)) {
				throw new MalformedFileException(String.format(Locale.ROOT,
						"number %d of its rotation is %s, in a rotation they are between -1 and 1", i, rotation[i]));
			}
		}
		SplittableRandom random = new SplittableRandom(SEED);
		for (int probe = 0; probe < PROBES; probe++) {
			float[] signs = new float[length];
			for (int i = 0; i < length; i++) {
				signs[i] = random.nextBoolean() ? 1 : -1;
			}
			float[] back = times(rotation, timesTransposed(rotation, signs));
			for (int i = 0; i < length; i++) {
				if (!(Math.abs(back[i] - signs[i]) <= TOLERANCE)) {
					throw new MalformedFileException(String.format(Locale.ROOT,
							"its rotation is none: row %d is not orthogonal to the others, or not of norm 1", i));
				}
			}
		}
	}

	/** The product of a row vector and the matrix. */
	private static float[] timesTransposed(float[] matrix, float[] vector) {
		int n = vector.length;
		float[] product = new float[n];
		for (int row = 0; row < n; row++) {
			for (int i = 0; i < n; i++) {
				product[i] += vector[row] * matrix[row * n + i];
			}
		}
		return product;
	}

	/** The product of the matrix and a column vector. */
	private static float[] times(float[] matrix, float[] vector) {
		int n = vector.length;
		float[] product = new float[n];
		for (int row = 0; row < n; row++) {
			double sum = 0;
			for (int i = 0; i < n; i++) {
				sum += matrix[row * n + i] * vector[i];
			}
			product[row] = (float) sum;
		}
		return product;
	}

}
