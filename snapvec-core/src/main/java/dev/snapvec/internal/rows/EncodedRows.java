package dev.snapvec.internal.rows;

import java.util.Arrays;

/**
 * A batch of rows outside a store, in row-major form: the output of encoders, and what a
 * compaction copies. Parts that the layout lacks are empty arrays. Threads may write
 * different rows concurrently; otherwise not thread-safe.
 */
public final class EncodedRows {

	static final long[] NO_NUMBERS = {};

	private final int size;

	private final byte[][] codes;

	private final float[][] floats;

	private final short[] float16;

	private final int[] lists;

	/** Empty until the rows are given numbers. */
	private long[] numbers = NO_NUMBERS;

	/**
	 * @param layout the parts of a row
	 * @param size number of rows
	 * @param numbered whether the rows have numbers
	 */
	EncodedRows(RowLayout layout, int size, boolean numbered) {
		this(layout, size);
		if (numbered) {
			this.numbers = new long[size];
		}
	}

	/**
	 * @param layout the parts of a row
	 * @param size number of rows
	 */
	public EncodedRows(RowLayout layout, int size) {
		this.size = size;
		this.codes = new byte[layout.codes().size()][];
		for (int c = 0; c < this.codes.length; c++) {
			this.codes[c] = new byte[size * layout.codes().get(c).columns()];
		}
		this.floats = new float[FloatColumn.values().length][];
		for (FloatColumn column : FloatColumn.values()) {
			this.floats[column.ordinal()] = new float[layout.has(column) ? size : 0];
		}
		this.float16 = new short[size * layout.float16()];
		this.lists = new int[layout.partitioned() ? size : 0];
	}

	public int size() {
		return this.size;
	}

	/**
	 * @param code the number of a code
	 * @return its bytes
	 */
	public byte[] codes(int code) {
		return this.codes[code];
	}

	public float[] floats(FloatColumn column) {
		return this.floats[column.ordinal()];
	}

	/**
	 * Writes the norms of all rows, if they are kept. A row of norm 0 has no direction:
	 * its scale becomes 0 too, which makes its score 0. See
	 * docs/adr/0009-zero-and-tiny-vectors.md.
	 * @param norms one norm per row
	 */
	public void norms(float[] norms) {
		float[] kept = floats(FloatColumn.NORM);
		System.arraycopy(norms, 0, kept, 0, kept.length);
		zeroScales(kept, floats(FloatColumn.SCALE), kept.length);
	}

	/**
	 * Sets the scale of rows of norm 0 to 0.
	 * @param norms the norms of rows, or an empty array
	 * @param scales their scales, or an empty array
	 * @param rows number of rows
	 */
	public static void zeroScales(float[] norms, float[] scales, int rows) {
		if (norms.length == 0 || scales.length == 0) {
			return;
		}
		for (int row = 0; row < rows; row++) {
			scales[row] = (norms[row] == 0) ? 0 : scales[row];
		}
	}

	/**
	 * @param row a row
	 * @return whether its vector is known to be all zeros
	 */
	public boolean isZero(int row) {
		float[] norms = floats(FloatColumn.NORM);
		return norms.length > 0 && norms[row] == 0;
	}

	/**
	 * @return float16 coordinates of the vectors
	 */
	public short[] float16() {
		return this.float16;
	}

	/**
	 * @return the list of each row
	 */
	public int[] lists() {
		return this.lists;
	}

	boolean hasNumbers() {
		return this.numbers.length > 0;
	}

	/** The number of each row, or an empty array. */
	long[] numbers() {
		return this.numbers;
	}

	/**
	 * Gives the rows numbers.
	 * @param numbers the numbers of rows; 0 for a row without
	 * @param from position of that of the first row
	 */
	public void numbers(long[] numbers, int from) {
		this.numbers = Arrays.copyOfRange(numbers, from, from + this.size);
	}

}
