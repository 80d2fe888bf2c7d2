package dev.snapvec.internal.file;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Checks that a matrix is orthogonal, without multiplying it by its transpose: a few
 * vectors of random signs must be unchanged by the matrix and its transpose.
 * <p>
 * R. Freivalds, <i>Probabilistic Machines Can Use Less Running Time</i> (1977).
 */
public final class RotationCheck {

	/**
	 * Each probe misses an error of the size of the tolerance in two of three cases, and
	 * one of ten times that size in one of twelve.
	 */
	private static final int PROBES = 8;

	/** Float32 rotations of any supported dimension are orthogonal to 1e-5. */
	private static final float TOLERANCE = 1e-3f;

	private static final long SEED = 0x5eed;

	private RotationCheck() {
	}

	/**
	 * @param rotation length × length numbers, row by row
	 * @param length number of rows and of columns
	 * @throws MalformedFileException if the matrix is not orthogonal
	 */
	public static void require(float[] rotation, int length) throws MalformedFileException {
		for (int i = 0; i < rotation.length; i++) {
			if (!(Math.abs(rotation[i]) <= 1 + TOLERANCE)) {
				throw new MalformedFileException(String.format(Locale.ROOT,
						"number %d of its rotation is %s, but must be between -1 and 1", i, rotation[i]));
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
							"its rotation is not orthogonal: row %d is not orthogonal to the others, or does not have norm 1",
							i));
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
