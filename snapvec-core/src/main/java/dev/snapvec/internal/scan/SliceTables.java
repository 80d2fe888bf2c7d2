package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Packing;
import dev.snapvec.internal.code.Slice;

/**
 * The lookup tables of a query for one slice of the codes or several: the share of the
 * score for each unit and each of its values. Their score of a row is the sum over its
 * units. Memory is reused by the next query. Not thread-safe.
 */
public final class SliceTables {

	/** Binary logarithm of the largest size of a column's table. */
	private static final int LARGEST_COLUMN = 9;

	private static final CodeSlices NOTHING = CodeSlices.of(0, Byte.SIZE);

	private int first;

	private CodeSlices code = NOTHING;

	private Slice slice = NOTHING.joined();

	private boolean weighted;

	private float[] shares = {};

	/** The fields below are written and read by kernels. */
	private final float[][][] columns = new float[LARGEST_COLUMN + 1][0][];

	byte[] quantized = {};

	short[] sums = {};

	float[] lows = {};

	float step;

	float bias;

	/**
	 * Resets the tables for another query.
	 * @param code layout of the codes to read
	 * @return its shares, to be filled
	 */
	float[] reset(CodeSlices code) {
		return reset(0, code, false);
	}

	/**
	 * Resets the tables for another query.
	 * @param first number of the first slice to read, among those of a row
	 * @param code layout of the codes to read, from that slice on
	 * @param weighted whether sums are multiplied by the row's weight
	 * @return its shares, to be filled
	 */
	float[] reset(int first, CodeSlices code, boolean weighted) {
		this.first = first;
		this.code = code;
		this.slice = code.joined();
		this.weighted = weighted;
		int size = this.slice.units() * this.slice.unitSize();
		if (this.shares.length < size) {
			this.shares = new float[size];
		}
		return this.shares;
	}

	/**
	 * Supplies memory for one table per column.
	 * @param count minimum number of tables
	 * @param size their length, a power of two
	 * @return tables of exactly that length, with undefined content
	 */
	float[][] columns(int count, int size) {
		int which = Integer.numberOfTrailingZeros(size);
		if (this.columns[which].length < count) {
			this.columns[which] = new float[count][size];
		}
		return this.columns[which];
	}

	/** The number of the first slice to read, among those of a row. */
	int first() {
		return this.first;
	}

	/** The layout of the codes to read, from the first slice on. */
	CodeSlices code() {
		return this.code;
	}

	/**
	 * @return the slice in which kernels read the codes
	 */
	public Slice slice() {
		return this.slice;
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

	/** The exact sum of one row, from groups in the form that kernels read. */
	float sum(byte[] codes, int row) {
		int columns = this.slice.columns();
		int at = this.slice.start(row);
		return switch (this.slice.packing()) {
			case NIBBLES -> sumNibbles(codes, at, columns);
			case PAIRS -> sumPairs(codes, at, columns);
			case BYTES -> sumBytes(codes, at, columns);
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
			odd += this.shares[table + 128 + (z & 63)] + this.shares[table + 192 + Packing.fourthPair(x, y, z)];
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

	/**
	 * Combines the shares of single codes to shares of units, which hold one code or
	 * several.
	 * @param values for code j and value v, its share at {@code j << bits | v}
	 * @param slice the slice of the codes
	 * @param shares receives the units' shares
	 */
	public static void fill(float[] values, Slice slice, float[] shares) {
		int codes = slice.codes();
		int bits = slice.bits();
		int size = slice.unitSize();
		int levels = 1 << bits;
		int perUnit = Integer.numberOfTrailingZeros(size) / bits;
		for (int unit = 0; unit < slice.units(); unit++) {
			int first = unit * size;
			shares[first] = 0;
			int filled = 1;
			// each code multiplies the number of values of the unit
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
