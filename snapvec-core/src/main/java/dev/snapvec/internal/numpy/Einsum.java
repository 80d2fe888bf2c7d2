package dev.snapvec.internal.numpy;

/**
 * Sums in the order of NumPy's {@code einsum} on x86-64, so that norms stored in files
 * are identical to the last bit.
 */
public final class Einsum {

	private static final int LANES = 4;

	private static final int UNROLLED = 4 * LANES;

	private Einsum() {
	}

	/**
	 * {@code sqrt(einsum('i,i->', vector, vector))} in float32.
	 * @param vector any vector
	 * @return its norm
	 */
	public static float length(float[] vector) {
		float s0 = 0;
		float s1 = 0;
		float s2 = 0;
		float s3 = 0;
		int i = 0;
		for (; vector.length - i >= UNROLLED; i += UNROLLED) {
			for (int j = i + UNROLLED - LANES; j >= i; j -= LANES) {
				s0 += vector[j] * vector[j];
				s1 += vector[j + 1] * vector[j + 1];
				s2 += vector[j + 2] * vector[j + 2];
				s3 += vector[j + 3] * vector[j + 3];
			}
		}
		for (; i < vector.length; i += LANES) {
			s0 += vector[i] * vector[i];
			s1 += square(vector, i + 1);
			s2 += square(vector, i + 2);
			s3 += square(vector, i + 3);
		}
		return (float) Math.sqrt((s0 + s1) + (s2 + s3));
	}

	private static float square(float[] vector, int i) {
		return (i < vector.length) ? vector[i] * vector[i] : 0;
	}

}
