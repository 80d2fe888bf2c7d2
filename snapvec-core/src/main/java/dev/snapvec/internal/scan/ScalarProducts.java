package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.HalfFloats;

/**
 * Products in plain Java, in loops that compilers vectorize where they can.
 */
final class ScalarProducts implements Products {

	@Override
	public void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums,
			int sumsAt, int count) {
		for (int i = 0; i < width; i++) {
			addScaled(factor * vector[from + i], matrix, at + i * count, sums, sumsAt, count);
		}
	}

	private static void addScaled(float factor, float[] x, int xFrom, float[] y, int yFrom, int count) {
		for (int i = 0; i < count; i++) {
			y[yFrom + i] += factor * x[xFrom + i];
		}
	}

	@Override
	public long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count) {
		float[] distances = Arrays.copyOfRange(squares, squaresAt, squaresAt + count);
		addProduct(-2, vector, from, width, matrix, at, distances, 0, count);
		int nearest = least(distances, count);
		return (long) Float.floatToRawIntBits(distances[nearest]) << Integer.SIZE | nearest;
	}

	private static int least(float[] values, int count) {
		int least = 0;
		float value = values[0];
		for (int i = 1; i < count; i++) {
			if (values[i] < value) {
				value = values[i];
				least = i;
			}
		}
		return least;
	}

	@Override
	public float dot(float[] vector, short[] halfs, int from) {
		float s0 = 0;
		float s1 = 0;
		float s2 = 0;
		float s3 = 0;
		int i = 0;
		for (; i + 3 < vector.length; i += 4) {
			s0 += vector[i] * HalfFloats.toFloat(halfs[from + i]);
			s1 += vector[i + 1] * HalfFloats.toFloat(halfs[from + i + 1]);
			s2 += vector[i + 2] * HalfFloats.toFloat(halfs[from + i + 2]);
			s3 += vector[i + 3] * HalfFloats.toFloat(halfs[from + i + 3]);
		}
		for (; i < vector.length; i++) {
			s0 += vector[i] * HalfFloats.toFloat(halfs[from + i]);
		}
		return (s0 + s1) + (s2 + s3);
	}

}
