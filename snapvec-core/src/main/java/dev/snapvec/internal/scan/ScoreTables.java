package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.Plane;

/**
 * What a query becomes: for every part of a code, the share of the score that each of its
 * values contributes. The score of a row is the sum over its code.
 * <p>
 * A {@link Plane.Packing#BYTES} plane has a table of 256 entries a column. A
 * {@link Plane.Packing#TRIPLES} plane has four tables of 64 entries every three columns,
 * one for each pair of 3-bit codes.
 */
public final class ScoreTables {

	private ScoreTables() {
	}

	/**
	 * @param plane a part of the code
	 * @return how many entries its tables have together
	 */
	public static int entries(Plane plane) {
		return switch (plane.packing()) {
			case BYTES -> plane.columns() * 256;
			case TRIPLES -> plane.columns() / 3 * 256;
		};
	}

	/**
	 * Sums codes' own shares into tables over whole bytes or pairs.
	 * @param values for code j and value v, its share of the score at
	 * {@code j << bits | v}
	 * @param codes how many codes a row has
	 * @param bits bits a code
	 * @param plane where they lie
	 * @param tables receives {@link #entries} numbers
	 */
	public static void fill(float[] values, int codes, int bits, Plane plane, float[] tables) {
		int width = (bits == 3) ? 6 : 8;
		int perTable = width / bits;
		int size = 1 << width;
		int count = entries(plane) / size;
		for (int t = 0; t < count; t++) {
			int first = t * size;
			tables[first] = 0;
			int filled = 1;
			// each code doubles the table as often as it has bits
			for (int i = 0; i < perTable; i++) {
				int code = t * perTable + i;
				int levels = 1 << bits;
				for (int v = levels - 1; v >= 0; v--) {
					float value = (code < codes) ? values[(code << bits) + v] : 0;
					int to = first + v * filled;
					for (int e = 0; e < filled; e++) {
						tables[to + e] = tables[first + e] + value;
					}
				}
				filled *= levels;
			}
		}
	}

}
