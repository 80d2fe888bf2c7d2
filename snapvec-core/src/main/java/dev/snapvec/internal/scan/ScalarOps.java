package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.code.Float16;

/**
 * Inner products in plain Java. C2 does not vectorize sums into one array of products
 * from another, because both may be the same array; so the sums of some columns are
 * locals.
 */
final class ScalarOps implements VectorOps {

	/** Columns summed together. */
	private static final int COLUMNS = 8;

	@Override
	public void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums,
			int sumsAt, int count) {
		int c = 0;
		for (; c + COLUMNS <= count; c += COLUMNS) {
			addColumns(factor, vector, from, width, matrix, at + c, count, sums, sumsAt + c);
		}
		for (; c < count; c++) {
			sums[sumsAt + c] = addColumn(factor, vector, from, width, matrix, at + c, count, sums[sumsAt + c]);
		}
	}

	private static void addColumns(float factor, float[] vector, int from, int width, float[] matrix, int at,
			int stride, float[] sums, int sumsAt) {
		float s0 = sums[sumsAt];
		float s1 = sums[sumsAt + 1];
		float s2 = sums[sumsAt + 2];
		float s3 = sums[sumsAt + 3];
		float s4 = sums[sumsAt + 4];
		float s5 = sums[sumsAt + 5];
		float s6 = sums[sumsAt + 6];
		float s7 = sums[sumsAt + 7];
		for (int i = 0; i < width; i++) {
			float x = factor * vector[from + i];
			int row = at + i * stride;
			s0 += x * matrix[row];
			s1 += x * matrix[row + 1];
			s2 += x * matrix[row + 2];
			s3 += x * matrix[row + 3];
			s4 += x * matrix[row + 4];
			s5 += x * matrix[row + 5];
			s6 += x * matrix[row + 6];
			s7 += x * matrix[row + 7];
		}
		sums[sumsAt] = s0;
		sums[sumsAt + 1] = s1;
		sums[sumsAt + 2] = s2;
		sums[sumsAt + 3] = s3;
		sums[sumsAt + 4] = s4;
		sums[sumsAt + 5] = s5;
		sums[sumsAt + 6] = s6;
		sums[sumsAt + 7] = s7;
	}

	/** One column of the matrix, also of those that are left of a vector of columns. */
	static float addColumn(float factor, float[] vector, int from, int width, float[] matrix, int at, int stride,
			float sum) {
		for (int i = 0; i < width; i++) {
			sum += factor * vector[from + i] * matrix[at + i * stride];
		}
		return sum;
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
	public float dot(float[] vector, short[] float16, int from) {
		float s0 = 0;
		float s1 = 0;
		float s2 = 0;
		float s3 = 0;
		float s4 = 0;
		float s5 = 0;
		float s6 = 0;
		float s7 = 0;
		float s8 = 0;
		float s9 = 0;
		float s10 = 0;
		float s11 = 0;
		float s12 = 0;
		float s13 = 0;
		float s14 = 0;
		float s15 = 0;
		int i = 0;
		for (; i + 15 < vector.length; i += 16) {
			int at = from + i;
			s0 += vector[i] * Float16.toFloat(float16[at]);
			s1 += vector[i + 1] * Float16.toFloat(float16[at + 1]);
			s2 += vector[i + 2] * Float16.toFloat(float16[at + 2]);
			s3 += vector[i + 3] * Float16.toFloat(float16[at + 3]);
			s4 += vector[i + 4] * Float16.toFloat(float16[at + 4]);
			s5 += vector[i + 5] * Float16.toFloat(float16[at + 5]);
			s6 += vector[i + 6] * Float16.toFloat(float16[at + 6]);
			s7 += vector[i + 7] * Float16.toFloat(float16[at + 7]);
			s8 += vector[i + 8] * Float16.toFloat(float16[at + 8]);
			s9 += vector[i + 9] * Float16.toFloat(float16[at + 9]);
			s10 += vector[i + 10] * Float16.toFloat(float16[at + 10]);
			s11 += vector[i + 11] * Float16.toFloat(float16[at + 11]);
			s12 += vector[i + 12] * Float16.toFloat(float16[at + 12]);
			s13 += vector[i + 13] * Float16.toFloat(float16[at + 13]);
			s14 += vector[i + 14] * Float16.toFloat(float16[at + 14]);
			s15 += vector[i + 15] * Float16.toFloat(float16[at + 15]);
		}
		s0 = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
		s1 = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
		float dot = s0 + s1;
		for (; i < vector.length; i++) {
			dot += vector[i] * Float16.toFloat(float16[from + i]);
		}
		return dot;
	}

}
