package dev.snapvec;

import java.util.Locale;

import dev.snapvec.internal.numpy.Einsum;

/**
 * Refuses vectors that an index cannot take, and brings the others to length 1.
 */
final class VectorChecks {

	/** Vectors shorter than this count as all zeros. */
	private static final float ZERO = 1e-10f;

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

	static float requireUnit(float[] vector, String what) {
		float norm = norm(vector, what);
		if (Math.abs(norm - 1) > UNIT_TOLERANCE) {
			throw new InvalidVectorException(String.format(Locale.ROOT,
					"%s has length %s, vectors of a normalized index have length 1", what, norm));
		}
		return 1;
	}

	/** The length of a vector, 0 if it counts as all zeros. */
	static float norm(float[] vector, String what) {
		float norm = Einsum.length(vector);
		if (!Float.isFinite(norm)) {
			throw new InvalidVectorException(
					String.format(Locale.ROOT, "%s has length %s, it must be finite", what, norm));
		}
		return (norm > ZERO) ? norm : 0;
	}

	static float[] divided(float[] vector, float norm) {
		float[] unit = new float[vector.length];
		divide(vector, norm, unit);
		return unit;
	}

	static void divide(float[] vector, float norm, float[] unit) {
		for (int i = 0; i < unit.length; i++) {
			unit[i] = vector[i] / norm;
		}
	}

}
