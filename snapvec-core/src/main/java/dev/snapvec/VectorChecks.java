package dev.snapvec;

import java.util.Locale;

import dev.snapvec.internal.numpy.Einsum;

/**
 * Rejects vectors that an index cannot hold, and normalizes the others.
 */
final class VectorChecks {

	/** Python treats vectors of this norm or less as all zeros. */
	private static final float PYTHON_ZERO = 1e-10f;

	private static final float UNIT_TOLERANCE = 1e-3f;

	private VectorChecks() {
	}

	static void require(float[] vector, int dimension, String what) {
		if (vector.length != dimension) {
			throw new InvalidVectorException(String.format(Locale.ROOT,
					"%s has %d coordinates, but the index has dimension %d", what, vector.length, dimension));
		}
		for (int i = 0; i < vector.length; i++) {
			if (!Float.isFinite(vector[i])) {
				throw new InvalidVectorException(String.format(Locale.ROOT,
						"%s must be finite, but holds %s at position %d", what, vector[i], i));
			}
		}
	}

	static void requireUnit(float[] vector, String what) {
		double norm = norm(vector);
		if (!(Math.abs((float) norm - 1) <= UNIT_TOLERANCE)) {
			throw new InvalidVectorException(
					String.format(Locale.ROOT, "%s must be a unit vector, as the index is normalized, but has norm %s",
							what, (norm <= Float.MAX_VALUE) ? Float.toString((float) norm) : Double.toString(norm)));
		}
	}

	/**
	 * The norm of a finite vector, 0 only if it is all zeros. It equals Python's to the
	 * last bit, unless the squares that Python sums in float32 underflow or overflow. See
	 * docs/adr/0009-zero-and-tiny-vectors.md.
	 */
	static double norm(float[] vector) {
		float norm = Einsum.length(vector);
		return (norm > PYTHON_ZERO && norm <= Float.MAX_VALUE) ? norm : normInDouble(vector);
	}

	/** The norm, but 0 for vectors that Python treats as all zeros. */
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

	/** A norm as it is stored, clamped to the largest float. */
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
