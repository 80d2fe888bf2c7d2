package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Plane;

/**
 * What a query becomes for one plane: for every unit of a code and every value of it, its
 * share of the score. The plane's score of a row is the sum over its units. Memory is
 * kept for the next query. Confined to one thread at a time.
 */
public final class PlaneTables {

	/** Binary logarithm of the largest size of a column's table. */
	private static final int LARGEST_COLUMN = 9;

	private int number;

	private Plane plane = new Plane(0, Plane.Packing.BYTES);

	private boolean weighted;

	private float[] shares = {};

	/** What kernels add; see there. */
	private final float[][][] columns = new float[LARGEST_COLUMN + 1][0][];

	byte[] quantized = {};

	short[] sums = {};

	float[] lows = {};

	float step;

	float bias;

	/**
	 * Makes the tables those of another query.
	 * @param plane the plane
	 * @return its shares, to be filled
	 */
	float[] reset(Plane plane) {
		return reset(0, plane, false);
	}

	/**
	 * Makes the tables those of another query.
	 * @param number the number of the plane among those of a row
	 * @param plane the plane
	 * @param weighted whether sums are multiplied by the row's weight
	 * @return its shares, to be filled
	 */
	float[] reset(int number, Plane plane, boolean weighted) {
		this.number = number;
		this.plane = plane;
		this.weighted = weighted;
		int size = plane.units() * plane.unitSize();
		if (this.shares.length < size) {
			this.shares = new float[size];
		}
		return this.shares;
	}

	/**
	 * Lends memory for tables by columns.
	 * @param count how many at least
	 * @param size their size, a power of two
	 * @return tables of exactly that size, with what was there before
	 */
	float[][] columns(int count, int size) {
		int which = Integer.numberOfTrailingZeros(size);
		if (this.columns[which].length < count) {
			this.columns[which] = new float[count][size];
		}
		return this.columns[which];
	}

	/** The number of the plane among those of a row. */
	int number() {
		return this.number;
	}

	Plane plane() {
		return this.plane;
	}

	/** Whether sums are multiplied by the row's weight. */
	boolean weighted() {
		return this.weighted;
	}

	/**
	 * @return the shares, to be filled: value v of unit u at {@code u * unitSize + v}
	 */
	public float[] shares() {
		return this.shares;
	}

	/** The exact sum for one row of a block. */
	float sum(byte[] codes, int row) {
		int columns = this.plane.columns();
		int at = row / Groups.GROUP * this.plane.stride() * Groups.GROUP + row % Groups.GROUP;
		return switch (this.plane.packing()) {
			case NIBBLES -> sumNibbles(codes, at, columns);
			case PAIRS -> sumPairs(codes, at, columns);
			case BYTES -> sumBytes(codes, at, columns);
			case HALVES -> sumHalves(codes, at, columns / 2);
		};
	}

	private float sumNibbles(byte[] codes, int at, int columns) {
		float even = 0;
		float odd = 0;
		for (int c = 0; c < columns; c++) {
			int code = codes[at + c * Groups.GROUP];
			even += this.shares[c * 32 + (code & 15)];
			odd += this.shares[c * 32 + 16 + ((code >>> 4) & 15)];
		}
		return even + odd;
	}

	private float sumPairs(byte[] codes, int at, int columns) {
		float even = 0;
		float odd = 0;
		for (int c = 0; c < columns; c += 3) {
			int x = codes[at + c * Groups.GROUP];
			int y = codes[at + (c + 1) * Groups.GROUP];
			int z = codes[at + (c + 2) * Groups.GROUP];
			int table = c / 3 * 256;
			even += this.shares[table + (x & 63)] + this.shares[table + 64 + (y & 63)];
			odd += this.shares[table + 128 + (z & 63)] + this.shares[table + 192 + Plane.fourthPair(x, y, z)];
		}
		return even + odd;
	}

	private float sumBytes(byte[] codes, int at, int columns) {
		float even = 0;
		float odd = 0;
		int c = 0;
		for (; c + 1 < columns; c += 2) {
			even += this.shares[c * 256 + (codes[at + c * Groups.GROUP] & 0xff)];
			odd += this.shares[(c + 1) * 256 + (codes[at + (c + 1) * Groups.GROUP] & 0xff)];
		}
		if (c < columns) {
			even += this.shares[c * 256 + (codes[at + c * Groups.GROUP] & 0xff)];
		}
		return even + odd;
	}

	private float sumHalves(byte[] codes, int at, int columns) {
		float even = 0;
		float odd = 0;
		for (int c = 0; c < columns; c++) {
			int high = codes[at + c * Groups.GROUP];
			int low = codes[at + (columns + c) * Groups.GROUP];
			even += this.shares[c * 512 + ((high & 15) << 4 | low & 15)];
			odd += this.shares[c * 512 + 256 + (high & 0xf0 | (low >>> 4) & 15)];
		}
		return even + odd;
	}

	/**
	 * Turns the shares of single codes into those of units, which hold one or several.
	 * @param values for code j and value v, its share at {@code j << bits | v}
	 * @param codes how many codes a row has
	 * @param bits bits a code
	 * @param plane where they lie
	 * @param shares receives the units' shares
	 */
	public static void fill(float[] values, int codes, int bits, Plane plane, float[] shares) {
		int size = plane.unitSize();
		int levels = 1 << bits;
		int perUnit = Integer.numberOfTrailingZeros(size) / bits;
		for (int unit = 0; unit < plane.units(); unit++) {
			int first = unit * size;
			shares[first] = 0;
			int filled = 1;
			// each code multiplies the values of the unit
			for (int code = unit * perUnit; code < (unit + 1) * perUnit; code++) {
				for (int v = levels - 1; v >= 0; v--) {
					float share = (code < codes) ? values[(code << bits) + v] : 0;
					for (int e = 0; e < filled; e++) {
						shares[first + v * filled + e] = shares[first + e] + share;
					}
				}
				filled *= levels;
			}
		}
	}

}
