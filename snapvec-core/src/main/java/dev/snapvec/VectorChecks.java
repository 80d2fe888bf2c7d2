package dev.snapvec;

import java.util.Locale;

import dev.snapvec.internal.numpy.Einsum;

/**
 * Refuses vectors that an index cannot take, and brings the others to norm 1.
 */
final class VectorChecks {

	/** Vectors of this norm, and of smaller ones, are all zeros to Python. */
	private static final float PYTHON_ZERO = 1e-10f;

	private static final float UNIT_TOLERANCE = 1e-3f;

	private VectorChecks() {
	}

	static void require(float[] vector, int dimension, String what) {
		if (vector.length != dimension) {
			throw new InvalidVectorException(String.format(Locale.ROOT,
					"%s has %d coordinates, the index has dimension %d", what, vector.length, dimension));
		}
		for (int i = 0; i < vector.length; i++) {
			if (!Float.isFinite(vector[i])) {
				throw new InvalidVectorException(String.format(Locale.ROOT,
						"%s holds %s at position %d, it must be finite", what, vector[i], i));
			}
		}
	}

	static void requireUnit(float[] vector, String what) {
		double norm = norm(vector);
		if (!(Math.abs((float) norm - 1) <= UNIT_TOLERANCE)) {
			throw new InvalidVectorException(
					String.format(Locale.ROOT, "%s has length %s, vectors of a normalized index have length 1", what,
							(norm <= Float.MAX_VALUE) ? Float.toString((float) norm) : Double.toString(norm)));
		}
	}

	/**
	 * The norm of a finite vector, 0 only if it is all zeros. It is Python's to the last
	 * bit, but where the squares it adds up in float32 underflow or overflow.
	 */
	static double norm(float[] vector) {
		float norm = Einsum.length(vector);
		return (norm > PYTHON_ZERO && norm <= Float.MAX_VALUE) ? norm : normInDouble(vector);
	}

	/** The same, but 0 for whatever Python takes for zeros. */
	private static double pythonNorm(float[] vector) {
		return (Einsum.length(vector) > PYTHON_ZERO) ? norm(vector) : 0;
	}

	/**
	 * The norm by which to divide a vector before it is encoded or searched for, 0 if it
	 * counts as all zeros.
	 */
	static double norm(float[] vector, CommonSpec spec) {
		return spec.correctedScores() ? norm(vector) : pythonNorm(vector);
	}

	private static double normInDouble(float[] vector) {
		double squares = 0;
		for (float x : vector) {
			squares += (double) x * x;
		}
		return Math.sqrt(squares);
	}

	/** A norm as it is stored: the largest float for those that are larger. */
	static float stored(double norm) {
		return (float) Math.min(norm, Float.MAX_VALUE);
	}

	static float[] divided(float[] vector, double norm) {
		float[] unit = new float[vector.length];
		divide(vector, norm, unit);
		return unit;
	}

	static void divide(float[] vector, double norm, float[] unit) {
		float divisor = (float) norm;
		if (divisor == norm) {
			for (int i = 0; i < unit.length; i++) {
				unit[i] = vector[i] / divisor;
			}
			return;
		}
		for (int i = 0; i < unit.length; i++) {
			unit[i] = (float) (vector[i] / norm);
		}
	}

}
