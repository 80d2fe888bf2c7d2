package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.HalfFloats;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel in the Vector API, for vectors of 512 bits. Shares are rounded to bytes of
 * one common step, so that a unit of 64 rows is looked up by one instruction; sums of
 * bytes are kept in 16 bits, those of even and of odd rows apart.
 * <p>
 * F. André, A.-M. Kermarrec and N. Le Scouarnec, <i>Quicker ADC: Unlocking the Hidden
 * Potential of Product Quantization with SIMD</i> (2019).
 * <p>
 * Vectors live in locals only, and two groups share each load of a table: both keep the
 * compiler from boxing and from being bound by loads.
 */
final class VectorKernel implements Kernel {

	private static final int GROUP = RowBlock.GROUP;

	private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;

	private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;

	private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;

	private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

	private static final int LANES = 16;

	private static final byte SIX_BITS = 63;

	private static int step = 2 * GROUP;

	/** The two high bits of both bytes of a short. */
	private static final short HIGH_BITS = (short) 0xc0c0;

	/** Sums stay positive as signed 16-bit numbers. */
	private static final float LARGEST_SUM = 32_767;

	private static final float LARGEST_ENTRY = 255;

	/** Rounding of the float arithmetic around the sums, in steps. */
	private static final float ROUNDING = 0.25f;

	private static final FloatVector COLUMNS = FloatVector.zero(FLOATS).addIndex(1);

	private static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(FLOATS, 8, 1, true);

	private static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(FLOATS, 4, 1, true);

	private static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(FLOATS, 2, 1, true);

	private static final VectorShuffle<Float> ZIP_LOW = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? i / 2 : LANES + i / 2);

	private static final VectorShuffle<Float> ZIP_HIGH = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? LANES / 2 + i / 2 : LANES + LANES / 2 + i / 2);

	VectorKernel() {
		if (ByteVector.SPECIES_PREFERRED.length() < GROUP) {
			throw new UnsupportedOperationException("vectors of 512 bits are needed");
		}
	}

	@Override
	public String name() {
		return "vector-512";
	}

	@Override
	public boolean scoresGroupsAtOnce() {
		return true;
	}

	@Override
	public float prepare(PlaneTables tables) {
		Plane plane = tables.plane();
		int size = plane.unitSize();
		int units = plane.units();
		float[] shares = tables.shares();
		if (tables.lows.length < units) {
			tables.lows = new float[units];
		}
		float bias = 0;
		float widest = 0;
		float all = 0;
		for (int unit = 0; unit < units; unit++) {
			FloatVector least = FloatVector.fromArray(FLOATS, shares, unit * size);
			FloatVector most = least;
			for (int v = LANES; v < size; v += LANES) {
				FloatVector x = FloatVector.fromArray(FLOATS, shares, unit * size + v);
				least = least.min(x);
				most = most.max(x);
			}
			float low = least.reduceLanes(VectorOperators.MIN);
			float span = most.reduceLanes(VectorOperators.MAX) - low;
			tables.lows[unit] = low;
			bias += low;
			widest = Math.max(widest, span);
			all += span;
		}
		float step = Math.max(Math.max(widest / LARGEST_ENTRY, all / (LARGEST_SUM - units)), Float.MIN_NORMAL);
		// kernels load whole vectors, of which the last table needs its first entries
		// only
		int length = units * size + BYTES.length();
		if (tables.quantized.length < length) {
			tables.quantized = new byte[length];
		}
		for (int unit = 0; unit < units; unit++) {
			quantize(shares, unit * size, size, tables.lows[unit], 1 / step, tables.quantized);
		}
		Arrays.fill(tables.quantized, units * size, length, (byte) 0);
		tables.step = step;
		tables.bias = bias;
		return step * (0.5f * units + ROUNDING);
	}

	private static void quantize(float[] shares, int from, int size, float low, float inverse, byte[] quantized) {
		for (int v = from; v < from + size; v += LANES) {
			IntVector rounded = (IntVector) FloatVector.fromArray(FLOATS, shares, v)
				.sub(low)
				.mul(inverse)
				.add(0.5f)
				.convertShape(VectorOperators.F2I, INTS, 0);
			((ByteVector) rounded.convertShape(VectorOperators.I2B, ByteVector.SPECIES_128, 0)).intoArray(quantized, v);
		}
	}

	@Override
	public void score(PlaneTables tables, byte[] codes, int[] groups, int count, float[] scores) {
		Plane plane = tables.plane();
		int columns = plane.columns();
		int stride = columns * GROUP;
		if (tables.sums.length < count * GROUP) {
			tables.sums = new short[count * GROUP];
		}
		for (int g = 0; g < count; g += 2) {
			int first = groups[g] * stride;
			// a last group without a partner is its own
			int partner = Math.min(g + 1, count - 1);
			int second = groups[partner] * stride;
			switch (plane.packing()) {
				case NIBBLES -> nibbles(tables, codes, first, second, columns, g * GROUP, partner * GROUP);
				case PAIRS -> {
					pairs(tables, codes, first, columns, g * GROUP);
					pairs(tables, codes, second, columns, partner * GROUP);
				}
				case CELLS -> cells(tables, codes, first, second, stride, step, g * GROUP, partner * GROUP);
				case BYTES -> bytes(tables, codes, first, second, columns, g * GROUP, partner * GROUP);
			}
		}
		finish(tables, count, scores);
	}

	private static void nibbles(PlaneTables tables, byte[] codes, int first, int second, int columns, int to,
			int secondTo) {
		byte[] quantized = tables.quantized;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		for (int c = 0; c < columns; c++) {
			ByteVector low = ByteVector.fromArray(BYTES, quantized, c * 32);
			ByteVector high = ByteVector.fromArray(BYTES, quantized, c * 32 + 16);
			ByteVector x = ByteVector.fromArray(BYTES, codes, first + c * GROUP);
			ShortVector found = x.and((byte) 15).selectFrom(low).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = highNibbles(x).selectFrom(high).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, second + c * GROUP);
			found = x.and((byte) 15).selectFrom(low).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			found = highNibbles(x).selectFrom(high).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		all0.sub(odd0.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, to);
		odd0.intoArray(tables.sums, to + GROUP / 2);
		all1.sub(odd1.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, secondTo);
		odd1.intoArray(tables.sums, secondTo + GROUP / 2);
	}

	private static ByteVector highNibbles(ByteVector x) {
		return x.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes().and((byte) 15);
	}

	/** One group at a time: two are more than the compiler takes in. */
	private static void pairs(PlaneTables tables, byte[] codes, int first, int columns, int to) {
		byte[] quantized = tables.quantized;
		ShortVector all = ShortVector.zero(SHORTS);
		ShortVector odd = all;
		for (int c = 0; c < columns; c += 3) {
			int table = c / 3 * 256;
			ByteVector x = ByteVector.fromArray(BYTES, codes, first + c * GROUP);
			ByteVector y = ByteVector.fromArray(BYTES, codes, first + (c + 1) * GROUP);
			ByteVector z = ByteVector.fromArray(BYTES, codes, first + (c + 2) * GROUP);
			ShortVector found = x.and(SIX_BITS)
				.selectFrom(ByteVector.fromArray(BYTES, quantized, table))
				.reinterpretAsShorts();
			all = all.add(found);
			odd = odd.add(found.lanewise(VectorOperators.LSHR, 8));
			found = y.and(SIX_BITS)
				.selectFrom(ByteVector.fromArray(BYTES, quantized, table + 64))
				.reinterpretAsShorts();
			all = all.add(found);
			odd = odd.add(found.lanewise(VectorOperators.LSHR, 8));
			found = z.and(SIX_BITS)
				.selectFrom(ByteVector.fromArray(BYTES, quantized, table + 128))
				.reinterpretAsShorts();
			all = all.add(found);
			odd = odd.add(found.lanewise(VectorOperators.LSHR, 8));
			ShortVector low = x.reinterpretAsShorts().and(HIGH_BITS).lanewise(VectorOperators.LSHR, 6);
			ShortVector middle = y.reinterpretAsShorts().and(HIGH_BITS).lanewise(VectorOperators.LSHR, 4);
			ShortVector high = z.reinterpretAsShorts().and(HIGH_BITS).lanewise(VectorOperators.LSHR, 2);
			found = low.or(middle)
				.or(high)
				.reinterpretAsBytes()
				.selectFrom(ByteVector.fromArray(BYTES, quantized, table + 192))
				.reinterpretAsShorts();
			all = all.add(found);
			odd = odd.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		all.sub(odd.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, to);
		odd.intoArray(tables.sums, to + GROUP / 2);
	}

	private static void bytes(PlaneTables tables, byte[] codes, int first, int second, int columns, int to,
			int secondTo) {
		byte[] quantized = tables.quantized;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		for (int c = 0; c < columns; c++) {
			ByteVector table0 = ByteVector.fromArray(BYTES, quantized, c * 256);
			ByteVector table1 = ByteVector.fromArray(BYTES, quantized, c * 256 + 64);
			ByteVector table2 = ByteVector.fromArray(BYTES, quantized, c * 256 + 128);
			ByteVector table3 = ByteVector.fromArray(BYTES, quantized, c * 256 + 192);
			ByteVector x = ByteVector.fromArray(BYTES, codes, first + c * GROUP);
			ByteVector i = x.and(SIX_BITS);
			VectorMask<Byte> bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			VectorMask<Byte> bit7 = x.compare(VectorOperators.LT, (byte) 0);
			ShortVector found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, second + c * GROUP);
			i = x.and(SIX_BITS);
			bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			bit7 = x.compare(VectorOperators.LT, (byte) 0);
			found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		store(all0, odd0, tables.sums, to);
		store(all1, odd1, tables.sums, secondTo);
	}

	/**
	 * Two columns at a time, to be too much to be inlined; in steps given by a variable,
	 * or the compiler would unroll the loop, load all vectors first, and have to spill
	 * them.
	 */
	private static void cells(PlaneTables tables, byte[] codes, int first, int second, int end, int step, int to,
			int secondTo) {
		byte[] quantized = tables.quantized;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		for (int at = 0; at < end; at += step) {
			ByteVector table = ByteVector.fromArray(BYTES, quantized, at);
			ShortVector found = ByteVector.fromArray(BYTES, codes, first + at)
				.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 2)
				.reinterpretAsBytes()
				.and(SIX_BITS)
				.selectFrom(table)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = ByteVector.fromArray(BYTES, codes, second + at)
				.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 2)
				.reinterpretAsBytes()
				.and(SIX_BITS)
				.selectFrom(table)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			// the table after the last one is zero, whatever is looked up there
			table = ByteVector.fromArray(BYTES, quantized, at + GROUP);
			int next = Math.min(at + GROUP, end - GROUP);
			found = ByteVector.fromArray(BYTES, codes, first + next)
				.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 2)
				.reinterpretAsBytes()
				.and(SIX_BITS)
				.selectFrom(table)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = ByteVector.fromArray(BYTES, codes, second + next)
				.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 2)
				.reinterpretAsBytes()
				.and(SIX_BITS)
				.selectFrom(table)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		store(all0, odd0, tables.sums, to);
		store(all1, odd1, tables.sums, secondTo);
	}

	/** Keeps the sums of 64 rows: first those of even rows, then those of odd rows. */
	private static void store(ShortVector all, ShortVector odd, short[] sums, int to) {
		all.sub(odd.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, to);
		odd.intoArray(sums, to + GROUP / 2);
	}

	/** Turns sums into floats, in the order of the rows. */
	private static void finish(PlaneTables tables, int groups, float[] scores) {
		short[] sums = tables.sums;
		for (int g = 0; g < groups; g++) {
			for (int half = 0; half < GROUP / 2; half += LANES) {
				int from = g * GROUP + half;
				FloatVector even = floats(sums, from, tables.step, tables.bias);
				FloatVector odd = floats(sums, from + GROUP / 2, tables.step, tables.bias);
				even.rearrange(ZIP_LOW, odd).intoArray(scores, g * GROUP + 2 * half);
				even.rearrange(ZIP_HIGH, odd).intoArray(scores, g * GROUP + 2 * half + LANES);
			}
		}
	}

	private static FloatVector floats(short[] sums, int from, float step, float bias) {
		FloatVector sum = (FloatVector) ShortVector.fromArray(ShortVector.SPECIES_256, sums, from)
			.convertShape(VectorOperators.S2F, FLOATS, 0);
		return sum.mul(step).add(bias);
	}

	@Override
	public long select(float[] scores, int at, float addend, float[] factors, int factorsAt, float threshold) {
		long selected = 0;
		for (int i = 0; i < GROUP; i += LANES) {
			FloatVector score = FloatVector.fromArray(FLOATS, scores, at + i).add(addend);
			if (factors.length > 0) {
				score = score.mul(FloatVector.fromArray(FLOATS, factors, factorsAt + i));
			}
			selected |= score.compare(VectorOperators.GE, threshold).toLong() << i;
		}
		return selected;
	}

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
				sum0 = FloatVector.fromArray(FLOATS, matrix, row).fma(x, sum0);
				sum1 = FloatVector.fromArray(FLOATS, matrix, row + LANES).fma(x, sum1);
				sum2 = FloatVector.fromArray(FLOATS, matrix, row + 2 * LANES).fma(x, sum2);
				sum3 = FloatVector.fromArray(FLOATS, matrix, row + 3 * LANES).fma(x, sum3);
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
				sum = FloatVector.fromArray(FLOATS, matrix, at + i * count + c).fma(x, sum);
			}
			sum.intoArray(sums, sumsAt + c);
		}
		for (; c < count; c++) {
			sums[sumsAt + c] = addProduct(factor, vector, from, width, matrix, at + c, count, sums[sumsAt + c]);
		}
	}

	/** One column of the matrix. */
	private static float addProduct(float factor, float[] vector, int from, int width, float[] matrix, int at,
			int stride, float sum) {
		for (int i = 0; i < width; i++) {
			sum = Math.fma(matrix[at + i * stride], factor * vector[from + i], sum);
		}
		return sum;
	}

	@Override
	public long nearest(float[] vector, int from, int width, float[] matrix, int at, float[] squares, int squaresAt,
			int count) {
		FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
		// numbers of columns, which are few enough for floats
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
				sum0 = FloatVector.fromArray(FLOATS, matrix, row).fma(x, sum0);
				sum1 = FloatVector.fromArray(FLOATS, matrix, row + LANES).fma(x, sum1);
				sum2 = FloatVector.fromArray(FLOATS, matrix, row + 2 * LANES).fma(x, sum2);
				sum3 = FloatVector.fromArray(FLOATS, matrix, row + 3 * LANES).fma(x, sum3);
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
				sum = FloatVector.fromArray(FLOATS, matrix, at + i * count + c).fma(x, sum);
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
			float sum = addProduct(-2, vector, from, width, matrix, at + c, count, squares[squaresAt + c]);
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
			fewColumns(points, count, centroids, squares, found, distances);
			return;
		}
		for (int from = 0; from < count; from += 2 * LANES) {
			// the last ones may overlap with those before
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
					sum0 = FloatVector.fromArray(FLOATS, points, i * count + p).fma(x, sum0);
					sum1 = FloatVector.fromArray(FLOATS, points, i * count + p + LANES).fma(x, sum1);
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

	private void fewColumns(float[] points, int count, float[] centroids, float[] squares, int[] found,
			float[] distances) {
		float[] point = new float[points.length / count];
		for (int p = 0; p < count; p++) {
			for (int i = 0; i < point.length; i++) {
				point[i] = points[i * count + p];
			}
			long nearest = nearest(point, 0, point.length, centroids, 0, squares, 0, squares.length);
			found[p] = (int) nearest;
			distances[p] = Float.intBitsToFloat((int) (nearest >>> Integer.SIZE));
		}
	}

	@Override
	public float dot(float[] vector, short[] halfs, int from) {
		FloatVector sum = FloatVector.zero(FLOATS);
		int i = 0;
		for (; i < FLOATS.loopBound(vector.length); i += LANES) {
			IntVector bits = (IntVector) ShortVector.fromArray(ShortVector.SPECIES_256, halfs, from + i)
				.convertShape(VectorOperators.S2I, INTS, 0);
			IntVector magnitude = bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
			// rebased by multiplication as floats, then signed
			FloatVector value = magnitude.reinterpretAsFloats().mul(HalfFloats.REBIAS);
			IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
			value = value.reinterpretAsInts().or(sign).reinterpretAsFloats();
			sum = value.fma(FloatVector.fromArray(FLOATS, vector, i), sum);
		}
		float dot = sum(sum);
		for (; i < vector.length; i++) {
			dot += vector[i] * HalfFloats.toFloat(halfs[from + i]);
		}
		return dot;
	}

	/**
	 * The sum of all lanes, always in the same order: that of {@code reduceLanes} changes
	 * when the method is compiled, and answers with it.
	 */
	private static float sum(FloatVector vector) {
		FloatVector sum = vector.add(vector.rearrange(ROTATE_8));
		sum = sum.add(sum.rearrange(ROTATE_4));
		sum = sum.add(sum.rearrange(ROTATE_2));
		return sum.lane(0) + sum.lane(1);
	}

}
