package dev.snapvec.internal.quantize;

import java.util.Arrays;

import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.numpy.NumpyRandom;

/**
 * The randomized Hadamard transform (RHT): random signs, then a fast Walsh–Hadamard
 * transform, then division by the square root of the padded dimension. It preserves norms
 * and spreads a vector evenly over all coordinates. Every step is float32 and in the
 * order of Python, so that codes are identical. Immutable.
 * <p>
 * N. Ailon and B. Chazelle, <i>The Fast Johnson–Lindenstrauss Transform and Approximate
 * Nearest Neighbors</i> (2009).
 */
public final class HadamardRotation {

	private final int dimension;

	private final float[] signs;

	private final float root;

	public HadamardRotation(int dimension, long seed) {
		this.dimension = dimension;
		int padded = Padding.padded(dimension);
		this.signs = new NumpyRandom(seed).signs(padded);
		this.root = (float) Math.sqrt(padded);
	}

	public int paddedDimension() {
		return this.signs.length;
	}

	/** The square root of the padded dimension. */
	public float root() {
		return this.root;
	}

	/**
	 * @param vector a vector of the dimension
	 * @param rotated receives its rotation, of the padded dimension
	 */
	public void apply(float[] vector, float[] rotated) {
		int n = this.signs.length;
		for (int i = 0; i < this.dimension; i++) {
			rotated[i] = vector[i] * this.signs[i];
		}
		Arrays.fill(rotated, this.dimension, n, 0);
		hadamard(rotated);
		for (int i = 0; i < n; i++) {
			rotated[i] /= this.root;
		}
	}

	/**
	 * Undoes {@link #apply}.
	 * @param rotated a rotated vector, of the padded dimension; it is overwritten
	 * @return the vector, of the dimension
	 */
	public float[] inverse(float[] rotated) {
		hadamard(rotated);
		float[] vector = new float[this.dimension];
		for (int i = 0; i < this.dimension; i++) {
			vector[i] = rotated[i] * this.signs[i] / this.root;
		}
		return vector;
	}

	/** Multiplies by the Hadamard matrix, which is symmetric. */
	private static void hadamard(float[] rotated) {
		int n = rotated.length;
		for (int half = 1; half < n; half *= 2) {
			for (int from = 0; from < n; from += 2 * half) {
				for (int i = from; i < from + half; i++) {
					float a = rotated[i];
					float b = rotated[i + half];
					rotated[i] = a + b;
					rotated[i + half] = a - b;
				}
			}
		}
	}

	/** {@link #apply} times the root, which gives coordinates of about unit variance. */
	public void applyScaled(float[] vector, float[] rotated) {
		apply(vector, rotated);
		for (int i = 0; i < rotated.length; i++) {
			rotated[i] *= this.root;
		}
	}

}
