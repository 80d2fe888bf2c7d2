package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;

/**
 * The kernel in plain Java. It sums the shares themselves, a few columns at a time
 * through all groups, so that their tables stay in the first-level cache; two units of
 * four bits are looked up as one of eight.
 */
final class ScalarKernel implements Kernel {

	private static final int GROUP = RowBlock.GROUP;

	private static final int TABLE = 256;

	/** Sums in another order differ by rounding, in parts of the largest possible sum. */
	private static final float ROUNDING = 1e-5f;

	@Override
	public String name() {
		return "scalar";
	}

	@Override
	public Products products() {
		return new ScalarProducts();
	}

	@Override
	public boolean scoresGroupsAtOnce() {
		return false;
	}

	@Override
	public float prepare(PlaneTables tables) {
		Plane plane = tables.plane();
		float[] shares = tables.shares();
		if (plane.packing() == Plane.Packing.NIBBLES) {
			widen(tables, plane.columns(), shares);
		}
		float largest = 0;
		for (int unit = 0; unit < plane.units(); unit++) {
			float most = 0;
			for (int v = 0; v < plane.unitSize(); v++) {
				most = Math.max(most, Math.abs(shares[unit * plane.unitSize() + v]));
			}
			largest += most;
		}
		return largest * ROUNDING;
	}

	private static void widen(PlaneTables tables, int columns, float[] shares) {
		if (tables.wide.length < columns * TABLE) {
			tables.wide = new float[columns * TABLE];
		}
		for (int c = 0; c < columns; c++) {
			for (int high = 0; high < 16; high++) {
				float share = shares[c * 32 + 16 + high];
				for (int low = 0; low < 16; low++) {
					tables.wide[c * TABLE + high * 16 + low] = share + shares[c * 32 + low];
				}
			}
		}
	}

	@Override
	public void score(PlaneTables tables, byte[] codes, int[] groups, int count, float[] scores) {
		Arrays.fill(scores, 0, count * GROUP, 0);
		Plane plane = tables.plane();
		int columns = plane.columns();
		switch (plane.packing()) {
			case NIBBLES -> scoreBytes(tables.wide, TABLE, columns, codes, groups, count, scores);
			case BYTES -> scoreBytes(tables.shares(), TABLE, columns, codes, groups, count, scores);
			case CELLS -> scoreBytes(tables.shares(), plane.unitSize(), columns, codes, groups, count, scores);
			case PAIRS -> {
				for (int c = 0; c < columns; c += 3) {
					for (int g = 0; g < count; g++) {
						int at = (groups[g] * columns + c) * GROUP;
						threeColumns(codes, at, tables.shares(), c / 3 * TABLE, scores, g * GROUP);
					}
				}
			}
		}
	}

	/** With tables of fewer values, these are the bytes' high bits. */
	private static void scoreBytes(float[] tables, int size, int columns, byte[] codes, int[] groups, int count,
			float[] scores) {
		int c = 0;
		for (; c + 3 < columns; c += 4) {
			for (int g = 0; g < count; g++) {
				fourColumns(codes, (groups[g] * columns + c) * GROUP, tables, size, c * size, scores, g * GROUP);
			}
		}
		for (; c < columns; c++) {
			for (int g = 0; g < count; g++) {
				oneColumn(codes, (groups[g] * columns + c) * GROUP, tables, size, c * size, scores, g * GROUP);
			}
		}
	}

	private static void fourColumns(byte[] codes, int at, float[] tables, int size, int table, float[] scores, int to) {
		int shift = Integer.numberOfTrailingZeros(TABLE / size);
		int second = table + size;
		int third = second + size;
		int fourth = third + size;
		for (int i = 0; i < GROUP; i++) {
			float sum = tables[table + ((codes[at + i] & 0xff) >>> shift)]
					+ tables[second + ((codes[at + GROUP + i] & 0xff) >>> shift)];
			sum += tables[third + ((codes[at + 2 * GROUP + i] & 0xff) >>> shift)]
					+ tables[fourth + ((codes[at + 3 * GROUP + i] & 0xff) >>> shift)];
			scores[to + i] += sum;
		}
	}

	private static void oneColumn(byte[] codes, int at, float[] tables, int size, int table, float[] scores, int to) {
		int shift = Integer.numberOfTrailingZeros(TABLE / size);
		for (int i = 0; i < GROUP; i++) {
			scores[to + i] += tables[table + ((codes[at + i] & 0xff) >>> shift)];
		}
	}

	private static void threeColumns(byte[] codes, int at, float[] tables, int table, float[] scores, int to) {
		for (int i = 0; i < GROUP; i++) {
			int x = codes[at + i];
			int y = codes[at + GROUP + i];
			int z = codes[at + 2 * GROUP + i];
			float sum = tables[table + (x & 63)] + tables[table + 64 + (y & 63)];
			sum += tables[table + 128 + (z & 63)] + tables[table + 192 + Plane.fourthPair(x, y, z)];
			scores[to + i] += sum;
		}
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
