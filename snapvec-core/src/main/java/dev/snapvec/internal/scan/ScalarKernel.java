package dev.snapvec.internal.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Packing;
import dev.snapvec.internal.code.Slice;

/**
 * The kernel in plain Java. It sums the shares as floats, for eight rows at a time: one
 * load reads eight codes, and the sums are locals for as many columns as have their
 * tables in the L1 cache. Two units of four bits are looked up as one of eight; three
 * bytes with four pairs of 3-bit codes take three lookups.
 * <p>
 * Each column has its own table, whose length is a power of two: masking as in
 * {@code table[code & (table.length - 1)]} lets C2 drop the bounds check.
 */
final class ScalarKernel implements Kernel {

	private static final int GROUP = Groups.GROUP;

	/** Values of a byte. */
	private static final int TABLE = 256;

	/** Values of a byte and one bit of the next byte. */
	private static final int NINE_BITS = 512;

	/** Numbers in the tables used together: half of a small L1 cache. */
	private static final int TILE = 4096;

	/** Rows summed together. */
	private static final int ROWS = Long.BYTES;

	private static final long EIGHT_ROWS = 0xff;

	private static final VarHandle CODES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	/** Even bytes of a long, and the ninth bits behind them. */
	private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;

	private static final long NINTH_BITS = 0x0100010001000100L;

	/**
	 * Rounding difference of sums in another order, relative to the largest possible sum.
	 */
	private static final float ROUNDING = 1e-5f;

	/** Rounding difference per unit: of one addition in each of both sums. */
	private static final float ROUNDING_PER_UNIT = 0x1p-23f;

	@Override
	public String name() {
		return "scalar";
	}

	@Override
	public VectorOps ops() {
		return new ScalarOps();
	}

	@Override
	public float prepare(SliceTables tables) {
		Slice slice = tables.slice();
		float[] shares = tables.shares();
		int size = slice.unitSize();
		switch (slice.packing()) {
			case NIBBLES -> {
				float[][] columns = tables.columns(slice.columns(), TABLE);
				for (int c = 0; c < slice.columns(); c++) {
					addAll(shares, c * 2 * size, size, (c * 2 + 1) * size, size, columns[c]);
				}
			}
			case PAIRS -> preparePairs(tables, shares, slice.columns());
			case BYTES -> {
				float[][] columns = tables.columns(slice.columns(), TABLE);
				for (int c = 0; c < slice.columns(); c++) {
					System.arraycopy(shares, c * TABLE, columns[c], 0, TABLE);
				}
			}
		}
		float largest = 0;
		for (int unit = 0; unit < slice.units(); unit++) {
			largest += largestMagnitude(shares, unit * size, size);
		}
		return largest * Math.max(ROUNDING, slice.units() * ROUNDING_PER_UNIT);
	}

	/**
	 * The sums of all pairs of entries of two tables, with the index of the first one in
	 * the low bits.
	 */
	private static void addAll(float[] shares, int low, int lows, int high, int highs, float[] sums) {
		for (int h = 0; h < highs; h++) {
			float share = shares[high + h];
			for (int l = 0; l < lows; l++) {
				sums[h * lows + l] = share + shares[low + l];
			}
		}
	}

	/**
	 * The fourth pair of three bytes is looked up with the first and the third one: its
	 * first code consists of the two high bits of the first byte and one bit of the
	 * second, its other code of one bit of the second and the two high bits of the third.
	 */
	private static void preparePairs(SliceTables tables, float[] shares, int columns) {
		int pair = Packing.PAIRS.unitSize();
		float[][] outer = tables.columns(columns / 3 * 2, NINE_BITS);
		float[][] middle = tables.columns(columns / 3, pair);
		for (int word = 0; word < columns / 3; word++) {
			int first = word * 4 * pair;
			int fourth = first + 3 * pair;
			addAll(shares, first, pair, fourth, NINE_BITS / pair, outer[2 * word]);
			System.arraycopy(shares, first + pair, middle[word], 0, pair);
			for (int h = 0; h < NINE_BITS / pair; h++) {
				int code = (h & 3) << 1 | h >>> 2;
				float share = shares[fourth + code * 8] - shares[fourth];
				for (int v = 0; v < pair; v++) {
					outer[2 * word + 1][h * pair + v] = share + shares[first + 2 * pair + v];
				}
			}
		}
	}

	/** Compared as ints, whose max reduction C2 vectorizes. */
	private static float largestMagnitude(float[] shares, int from, int count) {
		int largest = 0;
		for (int i = from; i < from + count; i++) {
			largest = Math.max(largest, Float.floatToRawIntBits(shares[i]) & Integer.MAX_VALUE);
		}
		return Float.intBitsToFloat(largest);
	}

	@Override
	public void score(SliceTables tables, byte[] codes, int[] groups, long[] rows, int count, float[] scores) {
		Arrays.fill(scores, 0, count * GROUP, 0);
		Slice slice = tables.slice();
		int columns = slice.columns();
		int stride = columns * GROUP;
		if (slice.packing() == Packing.PAIRS) {
			float[][] outer = tables.columns(columns / 3 * 2, NINE_BITS);
			float[][] middle = tables.columns(columns / 3, slice.unitSize());
			int tile = TILE / (2 * NINE_BITS);
			for (int from = 0; from < columns / 3; from += tile) {
				int to = Math.min(from + tile, columns / 3);
				for (int i = 0; i < count * GROUP; i += ROWS) {
					if (counts(rows, i)) {
						int at = groups[i / GROUP] * stride + i % GROUP;
						addPairs(outer, middle, from, to, codes, at, scores, i);
					}
				}
			}
			return;
		}
		float[][] byColumn = tables.columns(columns, TABLE);
		int tile = TILE / TABLE;
		for (int from = 0; from < columns; from += tile) {
			int to = Math.min(from + tile, columns);
			for (int i = 0; i < count * GROUP; i += ROWS) {
				if (counts(rows, i)) {
					int at = groups[i / GROUP] * stride + i % GROUP;
					addBytes(byColumn, from, to, codes, at, scores, i);
				}
			}
		}
	}

	/** Whether any of the rows that are summed together is to be scored. */
	private static boolean counts(long[] rows, int first) {
		return (rows[first / GROUP] >>> (first % GROUP) & EIGHT_ROWS) != 0;
	}

	private static void addBytes(float[][] tables, int from, int to, byte[] codes, int at, float[] scores, int row) {
		float s0 = scores[row];
		float s1 = scores[row + 1];
		float s2 = scores[row + 2];
		float s3 = scores[row + 3];
		float s4 = scores[row + 4];
		float s5 = scores[row + 5];
		float s6 = scores[row + 6];
		float s7 = scores[row + 7];
		for (int c = from; c < to; c++) {
			float[] table = tables[c];
			int mask = table.length - 1;
			long x = (long) CODES.get(codes, at + c * GROUP);
			s0 += table[(int) x & mask];
			s1 += table[(int) (x >>> 8) & mask];
			s2 += table[(int) (x >>> 16) & mask];
			s3 += table[(int) (x >>> 24) & mask];
			s4 += table[(int) (x >>> 32) & mask];
			s5 += table[(int) (x >>> 40) & mask];
			s6 += table[(int) (x >>> 48) & mask];
			s7 += table[(int) (x >>> 56) & mask];
		}
		scores[row] = s0;
		scores[row + 1] = s1;
		scores[row + 2] = s2;
		scores[row + 3] = s3;
		scores[row + 4] = s4;
		scores[row + 5] = s5;
		scores[row + 6] = s6;
		scores[row + 7] = s7;
	}

	/** Sums even and odd rows separately, so that an index has room for nine bits. */
	private static void addPairs(float[][] outer, float[][] middle, int from, int to, byte[] codes, int at,
			float[] scores, int row) {
		float s0 = scores[row];
		float s1 = scores[row + 1];
		float s2 = scores[row + 2];
		float s3 = scores[row + 3];
		float s4 = scores[row + 4];
		float s5 = scores[row + 5];
		float s6 = scores[row + 6];
		float s7 = scores[row + 7];
		for (int word = from; word < to; word++) {
			long x = (long) CODES.get(codes, at + word * 3 * GROUP);
			long y = (long) CODES.get(codes, at + (word * 3 + 1) * GROUP);
			long z = (long) CODES.get(codes, at + (word * 3 + 2) * GROUP);
			float[] table = outer[2 * word];
			int mask = table.length - 1;
			long even = x & EVEN_BYTES | y << 2 & NINTH_BITS;
			long odd = x >>> 8 & EVEN_BYTES | y >>> 6 & NINTH_BITS;
			s0 += table[(int) even & mask];
			s1 += table[(int) odd & mask];
			s2 += table[(int) (even >>> 16) & mask];
			s3 += table[(int) (odd >>> 16) & mask];
			s4 += table[(int) (even >>> 32) & mask];
			s5 += table[(int) (odd >>> 32) & mask];
			s6 += table[(int) (even >>> 48) & mask];
			s7 += table[(int) (odd >>> 48) & mask];
			table = outer[2 * word + 1];
			mask = table.length - 1;
			even = z & EVEN_BYTES | y << 1 & NINTH_BITS;
			odd = z >>> 8 & EVEN_BYTES | y >>> 7 & NINTH_BITS;
			s0 += table[(int) even & mask];
			s1 += table[(int) odd & mask];
			s2 += table[(int) (even >>> 16) & mask];
			s3 += table[(int) (odd >>> 16) & mask];
			s4 += table[(int) (even >>> 32) & mask];
			s5 += table[(int) (odd >>> 32) & mask];
			s6 += table[(int) (even >>> 48) & mask];
			s7 += table[(int) (odd >>> 48) & mask];
			table = middle[word];
			mask = table.length - 1;
			s0 += table[(int) y & mask];
			s1 += table[(int) (y >>> 8) & mask];
			s2 += table[(int) (y >>> 16) & mask];
			s3 += table[(int) (y >>> 24) & mask];
			s4 += table[(int) (y >>> 32) & mask];
			s5 += table[(int) (y >>> 40) & mask];
			s6 += table[(int) (y >>> 48) & mask];
			s7 += table[(int) (y >>> 56) & mask];
		}
		scores[row] = s0;
		scores[row + 1] = s1;
		scores[row + 2] = s2;
		scores[row + 3] = s3;
		scores[row + 4] = s4;
		scores[row + 5] = s5;
		scores[row + 6] = s6;
		scores[row + 7] = s7;
	}

	@Override
	public long select(float[] scores, int at, float addend, float[] factors, int factorsAt, float threshold) {
		long selected = 0;
		for (int i = 0; i < GROUP; i++) {
			float factor = (factors.length > 0) ? factors[factorsAt + i] : 1;
			if ((scores[at + i] + addend) * factor >= threshold) {
				selected |= 1L << i;
			}
		}
		return selected;
	}

	@Override
	public float largest(float[] values, int count, int place) {
		return Selection.largest(values, count, place);
	}

}
