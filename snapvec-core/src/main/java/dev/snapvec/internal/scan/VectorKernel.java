package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.HalfFloats;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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

	/** Sums stay positive as signed 16-bit numbers. */
	private static final float LARGEST_SUM = 32_767;

	private static final float LARGEST_ENTRY = 255;

	/** Rounding of the float arithmetic around the sums, in steps. */
	private static final float ROUNDING = 0.25f;

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
	public float prepare(PlaneTables tables) {
		Plane plane = tables.plane();
		int size = plane.unitSize();
		int units = plane.units();
		float[] shares = tables.shares();
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
			quantize(shares, unit * size, size, 1 / step, tables.quantized);
		}
		tables.step = step;
		tables.bias = bias;
		return step * (0.5f * units + ROUNDING);
	}

	private static void quantize(float[] shares, int from, int size, float inverse, byte[] quantized) {
		float low = Float.POSITIVE_INFINITY;
		for (int v = 0; v < size; v++) {
			low = Math.min(low, shares[from + v]);
		}
		for (int v = 0; v < size; v++) {
			quantized[from + v] = (byte) (int) ((shares[from + v] - low) * inverse + 0.5f);
		}
	}

	@Override
	public void score(PlaneTables tables, byte[] codes, int group, int groups, float[] scores) {
		Plane plane = tables.plane();
		int stride = plane.columns() * GROUP;
		for (int g = 0; g < groups; g += 2) {
			int first = (group + g) * stride;
			// a last group without a partner is its own
			int second = (g + 1 < groups) ? first + stride : first;
			int secondTo = (g + 1 < groups) ? (g + 1) * GROUP : g * GROUP;
			switch (plane.packing()) {
				case NIBBLES -> nibbles(tables, codes, first, second, plane.columns(), scores, g * GROUP, secondTo);
				case PAIRS -> pairs(tables, codes, first, second, plane.columns(), scores, g * GROUP, secondTo);
				case BYTES -> bytes(tables, codes, first, second, plane.columns(), scores, g * GROUP, secondTo);
			}
		}
	}

	private static void nibbles(PlaneTables tables, byte[] codes, int first, int second, int columns, float[] scores,
			int to, int secondTo) {
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
		store(all0, odd0, tables, scores, to);
		store(all1, odd1, tables, scores, secondTo);
	}

	private static ByteVector highNibbles(ByteVector x) {
		return x.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes().and((byte) 15);
	}

	private static void pairs(PlaneTables tables, byte[] codes, int first, int second, int columns, float[] scores,
			int to, int secondTo) {
		byte[] quantized = tables.quantized;
		ShortVector all0 = ShortVector.zero(SHORTS);
		ShortVector odd0 = all0;
		ShortVector all1 = all0;
		ShortVector odd1 = all0;
		for (int c = 0; c < columns; c += 3) {
			int table = c / 3 * 256;
			ByteVector table0 = ByteVector.fromArray(BYTES, quantized, table);
			ByteVector table1 = ByteVector.fromArray(BYTES, quantized, table + 64);
			ByteVector table2 = ByteVector.fromArray(BYTES, quantized, table + 128);
			ByteVector table3 = ByteVector.fromArray(BYTES, quantized, table + 192);
			ByteVector x = ByteVector.fromArray(BYTES, codes, first + c * GROUP);
			ByteVector y = ByteVector.fromArray(BYTES, codes, first + (c + 1) * GROUP);
			ByteVector z = ByteVector.fromArray(BYTES, codes, first + (c + 2) * GROUP);
			ShortVector found = x.and((byte) 63).selectFrom(table0).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = secondPair(x, y).selectFrom(table1).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = thirdPair(y, z).selectFrom(table2).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			found = fourthPair(z).selectFrom(table3).reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, second + c * GROUP);
			y = ByteVector.fromArray(BYTES, codes, second + (c + 1) * GROUP);
			z = ByteVector.fromArray(BYTES, codes, second + (c + 2) * GROUP);
			found = x.and((byte) 63).selectFrom(table0).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			found = secondPair(x, y).selectFrom(table1).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			found = thirdPair(y, z).selectFrom(table2).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
			found = fourthPair(z).selectFrom(table3).reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		store(all0, odd0, tables, scores, to);
		store(all1, odd1, tables, scores, secondTo);
	}

	/**
	 * Bits 6 to 11 of the word: two high bits of the first byte, four low ones of the
	 * second.
	 */
	private static ByteVector secondPair(ByteVector x, ByteVector y) {
		ByteVector low = x.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 6).reinterpretAsBytes().and((byte) 3);
		ByteVector high = y.and((byte) 15).reinterpretAsShorts().lanewise(VectorOperators.LSHL, 2).reinterpretAsBytes();
		return low.or(high);
	}

	/** Bits 12 to 17: four high bits of the second byte, two low ones of the third. */
	private static ByteVector thirdPair(ByteVector y, ByteVector z) {
		ByteVector high = z.and((byte) 3).reinterpretAsShorts().lanewise(VectorOperators.LSHL, 4).reinterpretAsBytes();
		return highNibbles(y).or(high);
	}

	/** Bits 18 to 23: six high bits of the third byte. */
	private static ByteVector fourthPair(ByteVector z) {
		return z.reinterpretAsShorts().lanewise(VectorOperators.LSHR, 2).reinterpretAsBytes().and((byte) 63);
	}

	private static void bytes(PlaneTables tables, byte[] codes, int first, int second, int columns, float[] scores,
			int to, int secondTo) {
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
			ByteVector i = x.and((byte) 63);
			VectorMask<Byte> bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			VectorMask<Byte> bit7 = x.compare(VectorOperators.LT, (byte) 0);
			ShortVector found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all0 = all0.add(found);
			odd0 = odd0.add(found.lanewise(VectorOperators.LSHR, 8));
			x = ByteVector.fromArray(BYTES, codes, second + c * GROUP);
			i = x.and((byte) 63);
			bit6 = x.and((byte) 64).compare(VectorOperators.NE, (byte) 0);
			bit7 = x.compare(VectorOperators.LT, (byte) 0);
			found = i.selectFrom(table0)
				.blend(i.selectFrom(table1), bit6)
				.blend(i.selectFrom(table2).blend(i.selectFrom(table3), bit6), bit7)
				.reinterpretAsShorts();
			all1 = all1.add(found);
			odd1 = odd1.add(found.lanewise(VectorOperators.LSHR, 8));
		}
		store(all0, odd0, tables, scores, to);
		store(all1, odd1, tables, scores, secondTo);
	}

	/** Turns the sums of 64 rows into floats, in the order of the rows. */
	private static void store(ShortVector all, ShortVector odd, PlaneTables tables, float[] scores, int to) {
		ShortVector even = all.sub(odd.lanewise(VectorOperators.LSHL, 8));
		for (int half = 0; half < 2; half++) {
			// a 32-bit lane holds the sum of row 2i in its low half, that of row 2i + 1
			// in the high
			IntVector evens = (IntVector) even.convertShape(VectorOperators.S2I, INTS, half);
			IntVector odds = (IntVector) odd.convertShape(VectorOperators.S2I, INTS, half);
			interleave(evens, odds, tables, scores, to + half * 2 * LANES);
		}
	}

	private static void interleave(IntVector evens, IntVector odds, PlaneTables tables, float[] scores, int to) {
		FloatVector x = (FloatVector) evens.convertShape(VectorOperators.I2F, FLOATS, 0);
		FloatVector y = (FloatVector) odds.convertShape(VectorOperators.I2F, FLOATS, 0);
		x = x.mul(tables.step).add(tables.bias);
		y = y.mul(tables.step).add(tables.bias);
		x.rearrange(ZIP_LOW, y).intoArray(scores, to);
		x.rearrange(ZIP_HIGH, y).intoArray(scores, to + LANES);
	}

	private static final jdk.incubator.vector.VectorShuffle<Float> ZIP_LOW = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? i / 2 : LANES + i / 2);

	private static final jdk.incubator.vector.VectorShuffle<Float> ZIP_HIGH = FLOATS
		.shuffleFromOp((i) -> (i % 2 == 0) ? LANES / 2 + i / 2 : LANES + LANES / 2 + i / 2);

	@Override
	public long select(float[] scores, int at, float base, float[] factors, int factorsAt, float slack,
			float threshold) {
		long selected = 0;
		for (int i = 0; i < GROUP; i += LANES) {
			FloatVector score = FloatVector.fromArray(FLOATS, scores, at + i).add(base);
			FloatVector bound = score.add(slack);
			if (factors.length > 0) {
				FloatVector factor = FloatVector.fromArray(FLOATS, factors, factorsAt + i);
				score = score.mul(factor);
				bound = bound.mul(factor);
			}
			score.intoArray(scores, at + i);
			selected |= bound.compare(VectorOperators.GE, threshold).toLong() << i;
		}
		return selected;
	}

	@Override
	public void addScaled(float factor, float[] x, int xFrom, float[] y, int yFrom, int count) {
		int i = 0;
		for (; i < FLOATS.loopBound(count); i += LANES) {
			FloatVector.fromArray(FLOATS, x, xFrom + i)
				.fma(FloatVector.broadcast(FLOATS, factor), FloatVector.fromArray(FLOATS, y, yFrom + i))
				.intoArray(y, yFrom + i);
		}
		for (; i < count; i++) {
			y[yFrom + i] = Math.fma(x[xFrom + i], factor, y[yFrom + i]);
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
		float dot = sum.reduceLanes(VectorOperators.ADD);
		for (; i < vector.length; i++) {
			dot += vector[i] * HalfFloats.toFloat(halfs[from + i]);
		}
		return dot;
	}

}
