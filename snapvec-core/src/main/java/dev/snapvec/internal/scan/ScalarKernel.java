package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;

/**
 * The kernel in plain Java. It takes a few columns at a time through all groups, so that
 * their tables stay in the first-level cache.
 */
final class ScalarKernel implements Kernel {

	private static final int GROUP = RowBlock.GROUP;

	private static final int TABLE = 256;

	@Override
	public String name() {
		return "scalar";
	}

	@Override
	public void score(Plane plane, byte[] codes, int group, int groups, float[] tables, float[] scores) {
		Arrays.fill(scores, 0, groups * GROUP, 0);
		int columns = plane.columns();
		int first = group * columns * GROUP;
		if (plane.packing() == Plane.Packing.TRIPLES) {
			for (int c = 0; c < columns; c += 3) {
				triple(codes, first + c * GROUP, columns * GROUP, groups, tables, c / 3 * TABLE, scores);
			}
			return;
		}
		int c = 0;
		for (; c + 3 < columns; c += 4) {
			fourColumns(codes, first + c * GROUP, columns * GROUP, groups, tables, c * TABLE, scores);
		}
		for (; c < columns; c++) {
			oneColumn(codes, first + c * GROUP, columns * GROUP, groups, tables, c * TABLE, scores);
		}
	}

	private static void fourColumns(byte[] codes, int first, int stride, int groups, float[] tables, int table,
			float[] scores) {
		for (int g = 0; g < groups; g++) {
			int at = first + g * stride;
			int to = g * GROUP;
			for (int i = 0; i < GROUP; i++) {
				float sum = tables[table + (codes[at + i] & 0xff)]
						+ tables[table + TABLE + (codes[at + GROUP + i] & 0xff)];
				sum += tables[table + 2 * TABLE + (codes[at + 2 * GROUP + i] & 0xff)]
						+ tables[table + 3 * TABLE + (codes[at + 3 * GROUP + i] & 0xff)];
				scores[to + i] += sum;
			}
		}
	}

	private static void oneColumn(byte[] codes, int first, int stride, int groups, float[] tables, int table,
			float[] scores) {
		for (int g = 0; g < groups; g++) {
			int at = first + g * stride;
			for (int i = 0; i < GROUP; i++) {
				scores[g * GROUP + i] += tables[table + (codes[at + i] & 0xff)];
			}
		}
	}

	private static void triple(byte[] codes, int first, int stride, int groups, float[] tables, int table,
			float[] scores) {
		for (int g = 0; g < groups; g++) {
			int at = first + g * stride;
			for (int i = 0; i < GROUP; i++) {
				int word = (codes[at + i] & 0xff) | (codes[at + GROUP + i] & 0xff) << 8
						| (codes[at + 2 * GROUP + i] & 0xff) << 16;
				float sum = tables[table + (word & 63)] + tables[table + 64 + ((word >>> 6) & 63)];
				sum += tables[table + 128 + ((word >>> 12) & 63)] + tables[table + 192 + (word >>> 18)];
				scores[g * GROUP + i] += sum;
			}
		}
	}

}
