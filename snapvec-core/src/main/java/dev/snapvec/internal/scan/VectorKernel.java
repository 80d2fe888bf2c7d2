package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Packing;
import dev.snapvec.internal.code.Slice;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel with the Vector API, for 512-bit vectors. Shares are rounded to bytes with
 * one common step, so that a unit of 64 rows is looked up by one instruction; sums of
 * bytes are kept in 16 bits, separately for even and odd rows. Codes of more units than
 * such sums can hold are summed part by part, and the sums of parts as floats, which
 * represent them exactly.
 * <p>
 * F. André, A.-M. Kermarrec and N. Le Scouarnec, <i>Quicker ADC: Unlocking the Hidden
 * Potential of Product Quantization with SIMD</i> (2019).
 * <p>
 * Vectors are held in locals only, loops call no method of this class, because C2 might
 * not inline it after so many methods of the Vector API, and groups share each load of a
 * table: otherwise vectors would be boxed, and scans bound by loads. Sums of the even
 * rows of 64 are stored first, then those of odd rows. See docs/adr/0006-kernels.md.
 */
final class VectorKernel implements Kernel {

	private static final int GROUP = Groups.GROUP;

	private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;

	private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;

	private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;

	private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

	private static final int LANES = 16;

	private static final byte SIX_BITS = 63;

	/** The two high bits of both bytes of a short. */
	private static final short HIGH_BITS = (short) 0xc0c0;

	/** Sums stay positive as signed 16-bit numbers. */
	private static final float LARGEST_SUM = 32_767;

	/** Units summed in 16 bits: with more of them, the step would be coarse. */
	private static final int PART = 512;

	private static final float LARGEST_ENTRY = 255;

	/** Rounding of the float arithmetic around the sums, in steps. */
	private static final float ROUNDING = 0.25f;

	/**
	 * Rounding of shares and of their exact sum, relative to the largest possible sum.
	 */
	private static final float ROUNDING_PER_UNIT = 0x1p-22f;

	private static final VectorShuffle<Float> ZIP_LOW = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? i / 2 : LANES + i / 2);

	private static final VectorShuffle<Float> ZIP_HIGH = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? LANES / 2 + i / 2 : LANES + LANES / 2 + i / 2);

	VectorKernel() {
		if (ByteVector.SPECIES_PREFERRED.length() < GROUP) {
			throw new UnsupportedOperationException("512-bit vectors are required");
		}
	}

	@Override
	public String name() {
		return "vector-512";
	}

	@Override
	public VectorOps ops() {
		return new VectorApiOps();
	}

	@Override
	public float prepare(SliceTables tables) {
		Slice slice = tables.slice();
		int size = slice.unitSize();
		int units = slice.units();
		float[] shares = tables.shares();
		if (tables.lows.length < units) {
			tables.lows = new float[units];
		}
		double bias = 0;
		double largest = 0;
		float widest = 0;
		float ofPart = 0;
		float widestPart = 0;
		for (int unit = 0; unit < units; unit++) {
			ofPart = (unit % PART == 0) ? 0 : ofPart;
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
			ofPart += span;
			largest += Math.abs(low) + span;
			widestPart = Math.max(widestPart, ofPart);
		}
		float step = Math.max(Math.max(widest / LARGEST_ENTRY, widestPart / (LARGEST_SUM - Math.min(units, PART))),
				Float.MIN_NORMAL);
		// kernels load whole vectors, although the last table has fewer entries
		int length = units * size + BYTES.length();
		if (tables.quantized.length < length) {
			tables.quantized = new byte[length];
		}
		for (int unit = 0; unit < units; unit++) {
			quantize(shares, unit * size, size, tables.lows[unit], 1 / step, tables.quantized);
		}
		Arrays.fill(tables.quantized, units * size, length, (byte) 0);
		tables.step = step;
		tables.bias = (float) bias;
		return step * (0.5f * units + ROUNDING) + (float) largest * units * ROUNDING_PER_UNIT;
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
	public void score(SliceTables tables, byte[] codes, int[] groups, long[] rows, int count, float[] scores) {
		Slice slice = tables.slice();
		int columns = slice.columns();
		if (tables.sums.length < count * GROUP) {
			tables.sums = new short[count * GROUP];
		}
		if (slice.units() <= PART) {
			sums(tables, codes, groups, count, 0, columns);
			finish(tables, count, scores);
			return;
		}
		Arrays.fill(scores, 0, count * GROUP, 0);
		int part = PART * slice.packing().unitBits() / Byte.SIZE;
		for (int from = 0; from < columns; from += part) {
			sums(tables, codes, groups, count, from, Math.min(from + part, columns));
			addSums(tables.sums, count, scores);
		}
		finish(tables.step, tables.bias, count, scores);
	}

	/** Sums the shares of columns [from, to), few enough for 16 bits. */
	private static void sums(SliceTables tables, byte[] codes, int[] groups, int count, int from, int to) {
		Slice slice = tables.slice();
		int stride = slice.columns() * GROUP;
		int last = count - 1;
		switch (slice.packing()) {
			case NIBBLES -> {
				for (int g = 0; g < count; g += 2) {
					int second = Math.min(g + 1, last);
					nibbles(tables, codes, groups[g] * stride, groups[second] * stride, from, to, g * GROUP,
							second * GROUP);
				}
			}
			case PAIRS -> {
				for (int g = 0; g < count; g++) {
					pairs(tables, codes, groups[g] * stride, from, to, g * GROUP);
				}
			}
			case BYTES -> {
				for (int g = 0; g < count; g += 4) {
					bytes(tables, codes, groups, g, last, from, to);
				}
			}
		}
	}

	private static void nibbles(SliceTables tables, byte[] codes, int first, int second, int from, int until, int to,
			int secondTo) {
		byte[] quantized = tables.quantized;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		for (int c = from; c < until; c++) {
			ByteVector low = ByteVector.fromArray(BYTES, quantized, c * 32);
			ByteVector high = ByteVector.fromArray(BYTES, quantized, c * 32 + 16);
			ByteVector x = ByteVector.fromArray(BYTES, codes, first + c * GROUP);
			ShortVector found = x.and((byte) 15).selectFrom(low).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = x.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 4)
				.reinterpretAsBytes()
				.and((byte) 15)
				.selectFrom(high)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, second + c * GROUP);
			found = x.and((byte) 15).selectFrom(low).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			found = x.reinterpretAsShorts()
				.lanewise(VectorOperators.LSHR, 4)
				.reinterpretAsBytes()
				.and((byte) 15)
				.selectFrom(high)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		all0.sub(odd0.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, to);
		odd0.intoArray(tables.sums, to + GROUP / 2);
		all1.sub(odd1.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, secondTo);
		odd1.intoArray(tables.sums, secondTo + GROUP / 2);
	}

	/** One group at a time: two exceed what C2 inlines. */
	private static void pairs(SliceTables tables, byte[] codes, int first, int from, int until, int to) {
		byte[] quantized = tables.quantized;
		ShortVector all = ShortVector.zero(SHORTS);
		ShortVector odd = all;
		for (int c = from; c < until; c += 3) {
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

	/** Four groups at a time, because each column needs four loads of tables. */
	private static void bytes(SliceTables tables, byte[] codes, int[] groups, int g, int last, int from, int until) {
		byte[] quantized = tables.quantized;
		int stride = tables.slice().columns() * GROUP;
		int second = Math.min(g + 1, last);
		int third = Math.min(g + 2, last);
		int fourth = Math.min(g + 3, last);
		int from0 = groups[g] * stride;
		int from1 = groups[second] * stride;
		int from2 = groups[third] * stride;
		int from3 = groups[fourth] * stride;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		ShortVector all2 = all0;
		ShortVector odd2 = all0;
		ShortVector all3 = all0;
		ShortVector odd3 = all0;
		for (int c = from; c < until; c++) {
			ByteVector table0 = ByteVector.fromArray(BYTES, quantized, c * 256);
			ByteVector table1 = ByteVector.fromArray(BYTES, quantized, c * 256 + 64);
			ByteVector table2 = ByteVector.fromArray(BYTES, quantized, c * 256 + 128);
			ByteVector table3 = ByteVector.fromArray(BYTES, quantized, c * 256 + 192);
			ByteVector x = ByteVector.fromArray(BYTES, codes, from0 + c * GROUP);
			ByteVector i = x.and(SIX_BITS);
			VectorMask<Byte> bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			VectorMask<Byte> bit7 = x.compare(VectorOperators.LT, (byte) 0);
			ShortVector found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, from1 + c * GROUP);
			i = x.and(SIX_BITS);
			bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			bit7 = x.compare(VectorOperators.LT, (byte) 0);
			found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, from2 + c * GROUP);
			i = x.and(SIX_BITS);
			bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			bit7 = x.compare(VectorOperators.LT, (byte) 0);
			found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all2 = all2.add(found);
			odd2 = odd2.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, from3 + c * GROUP);
			i = x.and(SIX_BITS);
			bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			bit7 = x.compare(VectorOperators.LT, (byte) 0);
			found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all3 = all3.add(found);
			odd3 = odd3.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		all0.sub(odd0.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, g * GROUP);
		odd0.intoArray(tables.sums, g * GROUP + GROUP / 2);
		all1.sub(odd1.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, second * GROUP);
		odd1.intoArray(tables.sums, second * GROUP + GROUP / 2);
		all2.sub(odd2.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, third * GROUP);
		odd2.intoArray(tables.sums, third * GROUP + GROUP / 2);
		all3.sub(odd3.lanewise(VectorOperators.LSHL, 8)).intoArray(tables.sums, fourth * GROUP);
		odd3.intoArray(tables.sums, fourth * GROUP + GROUP / 2);
	}

	/** Converts sums to floats, in the order of the rows. */
	private static void finish(SliceTables tables, int groups, float[] scores) {
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

	/** Adds the sums of a part, in the order of the rows. */
	private static void addSums(short[] sums, int groups, float[] scores) {
		for (int g = 0; g < groups; g++) {
			for (int half = 0; half < GROUP / 2; half += LANES) {
				int from = g * GROUP + half;
				int to = g * GROUP + 2 * half;
				FloatVector even = floats(sums, from, 1, 0);
				FloatVector odd = floats(sums, from + GROUP / 2, 1, 0);
				even.rearrange(ZIP_LOW, odd).add(FloatVector.fromArray(FLOATS, scores, to)).intoArray(scores, to);
				even.rearrange(ZIP_HIGH, odd)
					.add(FloatVector.fromArray(FLOATS, scores, to + LANES))
					.intoArray(scores, to + LANES);
			}
		}
	}

	/** Converts sums of steps to estimates. */
	private static void finish(float step, float bias, int groups, float[] scores) {
		for (int i = 0; i < groups * GROUP; i++) {
			scores[i] = scores[i] * step + bias;
		}
	}

	@Override
	public void sum(SliceTables tables, byte[] group, int count, float[] sums) {
		if (tables.slice().packing() != Packing.NIBBLES) {
			Kernel.super.sum(tables, group, count, sums);
			return;
		}
		for (int row = 0; row < count; row += 2 * LANES) {
			sumNibbles(tables.shares(), group, row, tables.slice().columns(), sums);
		}
	}

	private static void sumNibbles(float[] shares, byte[] group, int row, int columns, float[] sums) {
		FloatVector even0 = FloatVector.zero(FLOATS);
		FloatVector odd0 = even0;
		FloatVector even1 = even0;
		FloatVector odd1 = even0;
		for (int c = 0; c < columns; c++) {
			IntVector low = FloatVector.fromArray(FLOATS, shares, c * 32).reinterpretAsInts();
			IntVector high = FloatVector.fromArray(FLOATS, shares, c * 32 + 16).reinterpretAsInts();
			IntVector x = (IntVector) ByteVector.fromArray(ByteVector.SPECIES_128, group, c * GROUP + row)
				.convertShape(VectorOperators.B2I, INTS, 0);
			even0 = even0.add(x.and(15).selectFrom(low).reinterpretAsFloats());
			odd0 = odd0.add(x.lanewise(VectorOperators.LSHR, 4).and(15).selectFrom(high).reinterpretAsFloats());
			x = (IntVector) ByteVector.fromArray(ByteVector.SPECIES_128, group, c * GROUP + row + LANES)
				.convertShape(VectorOperators.B2I, INTS, 0);
			even1 = even1.add(x.and(15).selectFrom(low).reinterpretAsFloats());
			odd1 = odd1.add(x.lanewise(VectorOperators.LSHR, 4).and(15).selectFrom(high).reinterpretAsFloats());
		}
		even0.add(odd0).intoArray(sums, row);
		even1.add(odd1).intoArray(sums, row + LANES);
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

	/**
	 * Bisects the range of values until one is left: a pass over all numbers takes less
	 * time than a branch per number.
	 */
	@Override
	public float largest(float[] values, int count, int place) {
		int least = Integer.MAX_VALUE;
		int most = Integer.MIN_VALUE;
		for (int i = 0; i < count; i++) {
			int ordered = Selection.ordered(values[i]);
			least = Math.min(least, ordered);
			most = Math.max(most, ordered);
		}
		while (least < most) {
			int middle = (int) (((long) least + most + 1) >> 1);
			if (countFrom(values, count, Selection.unordered(middle)) >= place) {
				least = middle;
			}
			else {
				most = middle - 1;
			}
		}
		return Selection.unordered(least);
	}

	/** The number of values at or above a bound. */
	private static int countFrom(float[] values, int count, float bound) {
		int found = 0;
		int i = 0;
		for (; i + LANES <= count; i += LANES) {
			found += FloatVector.fromArray(FLOATS, values, i).compare(VectorOperators.GE, bound).trueCount();
		}
		for (; i < count; i++) {
			found += (values[i] >= bound) ? 1 : 0;
		}
		return found;
	}

}
