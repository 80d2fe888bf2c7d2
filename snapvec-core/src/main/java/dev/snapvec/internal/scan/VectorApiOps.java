package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Float16;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Inner products with the Vector API, for 512-bit vectors. Sums stay in registers for as
 * many columns as possible.
 */
final class VectorApiOps implements VectorOps {

	private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

	private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;

	private static final int LANES = 16;

	private static final FloatVector COLUMNS = FloatVector.zero(FLOATS).addIndex(1);

	private static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(FLOATS, 8, 1, true);

	private static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(FLOATS, 4, 1, true);

	private static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(FLOATS, 2, 1, true);

	@Override
	public void addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at, float[] sums,
			int sumsAt, int count) {
		int c = 0;
		for (; c + 4 * LANES <= count; c += 4 * LANES) {
			FloatVector sum0 = FloatVector.fromArray(FLOATS, sums, sumsAt + c);
			FloatVector sum1 = FloatVector.fromArray(FLOATS, sums, sumsAt + c + LANES);
			FloatVector sum2 = FloatVector.fromArray(FLOATS, sums, sumsAt + c + 2 * LANES);
			FloatVector sum3 = FloatVector.fromArray(FLOATS, sums, sumsAt + c + 3 * LANES);
			for (int i = 0; i < width; i++) {
				FloatVector x = FloatVector.broadcast(FLOATS, factor * vector[from + i]);
				int row = at + i * count + c;
				sum0 = sum0.add(FloatVector.fromArray(FLOATS, matrix, row).mul(x));
				sum1 = sum1.add(FloatVector.fromArray(FLOATS, matrix, row + LANES).mul(x));
				sum2 = sum2.add(FloatVector.fromArray(FLOATS, matrix, row + 2 * LANES).mul(x));
				sum3 = sum3.add(FloatVector.fromArray(FLOATS, matrix, row + 3 * LANES).mul(x));
			}
			sum0.intoArray(sums, sumsAt + c);
			sum1.intoArray(sums, sumsAt + c + LANES);
			sum2.intoArray(sums, sumsAt + c + 2 * LANES);
			sum3.intoArray(sums, sumsAt + c + 3 * LANES);
		}
		for (; c + LANES <= count; c += LANES) {
			FloatVector sum = FloatVector.fromArray(FLOATS, sums, sumsAt + c);
			for (int i = 0; i < width; i++) {
				FloatVector x = FloatVector.broadcast(FLOATS, factor * vector[from + i]);
				sum = sum.add(FloatVector.fromArray(FLOATS, matrix, at + i * count + c).mul(x));
			}
			sum.intoArray(sums, sumsAt + c);
		}
		for (; c < count; c++) {
			sums[sumsAt + c] = ScalarOps.addColumn(factor, vector, from, width, matrix, at + c, count,
					sums[sumsAt + c]);
		}
	}

	@Override
	public long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count) {
		FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
		// column numbers, which are small enough for floats
		FloatVector found = FloatVector.zero(FLOATS);
		int c = 0;
		for (; c + 4 * LANES <= count; c += 4 * LANES) {
			FloatVector sum0 = FloatVector.fromArray(FLOATS, squares, squaresAt + c);
			FloatVector sum1 = FloatVector.fromArray(FLOATS, squares, squaresAt + c + LANES);
			FloatVector sum2 = FloatVector.fromArray(FLOATS, squares, squaresAt + c + 2 * LANES);
			FloatVector sum3 = FloatVector.fromArray(FLOATS, squares, squaresAt + c + 3 * LANES);
			for (int i = 0; i < width; i++) {
				FloatVector x = FloatVector.broadcast(FLOATS, -2 * vector[from + i]);
				int row = at + i * count + c;
				sum0 = sum0.add(FloatVector.fromArray(FLOATS, matrix, row).mul(x));
				sum1 = sum1.add(FloatVector.fromArray(FLOATS, matrix, row + LANES).mul(x));
				sum2 = sum2.add(FloatVector.fromArray(FLOATS, matrix, row + 2 * LANES).mul(x));
				sum3 = sum3.add(FloatVector.fromArray(FLOATS, matrix, row + 3 * LANES).mul(x));
			}
			VectorMask<Float> nearer = sum0.compare(VectorOperators.LT, least);
			least = least.blend(sum0, nearer);
			found = found.blend(c, nearer);
			nearer = sum1.compare(VectorOperators.LT, least);
			least = least.blend(sum1, nearer);
			found = found.blend(c + LANES, nearer);
			nearer = sum2.compare(VectorOperators.LT, least);
			least = least.blend(sum2, nearer);
			found = found.blend(c + 2 * LANES, nearer);
			nearer = sum3.compare(VectorOperators.LT, least);
			least = least.blend(sum3, nearer);
			found = found.blend(c + 3 * LANES, nearer);
		}
		for (; c + LANES <= count; c += LANES) {
			FloatVector sum = FloatVector.fromArray(FLOATS, squares, squaresAt + c);
			for (int i = 0; i < width; i++) {
				FloatVector x = FloatVector.broadcast(FLOATS, -2 * vector[from + i]);
				sum = sum.add(FloatVector.fromArray(FLOATS, matrix, at + i * count + c).mul(x));
			}
			VectorMask<Float> nearer = sum.compare(VectorOperators.LT, least);
			least = least.blend(sum, nearer);
			found = found.blend(c, nearer);
		}
		float distance = least.reduceLanes(VectorOperators.MIN);
		int nearest = 0;
		if (c > 0) {
			FloatVector columns = found.add(COLUMNS);
			nearest = (int) columns.blend(Float.MAX_VALUE, least.compare(VectorOperators.NE, distance))
				.reduceLanes(VectorOperators.MIN);
		}
		for (; c < count; c++) {
			float sum = ScalarOps.addColumn(-2, vector, from, width, matrix, at + c, count, squares[squaresAt + c]);
			if (sum < distance) {
				distance = sum;
				nearest = c;
			}
		}
		return (long) Float.floatToRawIntBits(distance) << Integer.SIZE | nearest;
	}

	@Override
	public void nearestOfColumns(float[] points, int count, float[] centroids, float[] squares, int[] found,
			float[] distances) {
		int rows = points.length / count;
		int k = squares.length;
		if (count < 2 * LANES) {
			VectorOps.super.nearestOfColumns(points, count, centroids, squares, found, distances);
			return;
		}
		for (int from = 0; from < count; from += 2 * LANES) {
			// the last ones may overlap with the ones before
			int p = Math.min(from, count - 2 * LANES);
			FloatVector least0 = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
			FloatVector least1 = least0;
			FloatVector found0 = FloatVector.zero(FLOATS);
			FloatVector found1 = found0;
			for (int c = 0; c < k; c++) {
				FloatVector sum0 = FloatVector.broadcast(FLOATS, squares[c]);
				FloatVector sum1 = sum0;
				for (int i = 0; i < rows; i++) {
					FloatVector x = FloatVector.broadcast(FLOATS, -2 * centroids[i * k + c]);
					sum0 = sum0.add(FloatVector.fromArray(FLOATS, points, i * count + p).mul(x));
					sum1 = sum1.add(FloatVector.fromArray(FLOATS, points, i * count + p + LANES).mul(x));
				}
				VectorMask<Float> nearer = sum0.compare(VectorOperators.LT, least0);
				least0 = least0.blend(sum0, nearer);
				found0 = found0.blend(c, nearer);
				nearer = sum1.compare(VectorOperators.LT, least1);
				least1 = least1.blend(sum1, nearer);
				found1 = found1.blend(c, nearer);
			}
			least0.intoArray(distances, p);
			least1.intoArray(distances, p + LANES);
			((IntVector) found0.convertShape(VectorOperators.F2I, INTS, 0)).intoArray(found, p);
			((IntVector) found1.convertShape(VectorOperators.F2I, INTS, 0)).intoArray(found, p + LANES);
		}
	}

	@Override
	public float dot(float[] vector, short[] float16, int from) {
		FloatVector sum = FloatVector.zero(FLOATS);
		int i = 0;
		for (; i < FLOATS.loopBound(vector.length); i += LANES) {
			IntVector bits = (IntVector) ShortVector.fromArray(ShortVector.SPECIES_256, float16, from + i)
				.convertShape(VectorOperators.S2I, INTS, 0);
			IntVector magnitude = bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
			// the exponent is corrected by multiplication as floats, then the sign is
			// added
			FloatVector value = magnitude.reinterpretAsFloats().mul(Float16.REBIAS);
			IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
			value = value.reinterpretAsInts().or(sign).reinterpretAsFloats();
			sum = sum.add(value.mul(FloatVector.fromArray(FLOATS, vector, i)));
		}
		float dot = sum(sum);
		for (; i < vector.length; i++) {
			dot += vector[i] * Float16.toFloat(float16[from + i]);
		}
		return dot;
	}

	/**
	 * The sum of all lanes in a fixed order. The order of {@code reduceLanes} changes
	 * when the method is compiled, and results with it.
	 */
	private static float sum(FloatVector vector) {
		FloatVector sum = vector.add(vector.rearrange(ROTATE_8));
		sum = sum.add(sum.rearrange(ROTATE_4));
		sum = sum.add(sum.rearrange(ROTATE_2));
		return sum.lane(0) + sum.lane(1);
	}

}
