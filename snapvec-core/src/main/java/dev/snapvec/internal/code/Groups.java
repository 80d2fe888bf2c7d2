package dev.snapvec.internal.code;

/**
 * The two units of row storage: groups, whose columns are the unit of a kernel, and
 * blocks of whole groups, which are the unit of allocation.
 */
public final class Groups {

	/** Rows of a group. */
	public static final int GROUP = 64;

	/**
	 * Rows of a full block: one group less than a power of two. An array whose length is
	 * a power of two exceeds it in heap because of its header, and the G1 collector gives
	 * each large array regions of its own.
	 */
	public static final int BLOCK = 63 * GROUP;

	/** Groups of a full block. */
	public static final int PER_BLOCK = BLOCK / GROUP;

	/**
	 * Maximum number of rows of an index: row numbers are ints, and the last block may be
	 * full.
	 */
	public static final int MOST_ROWS = Integer.MAX_VALUE - (1 << 13);

	private Groups() {
	}

	/**
	 * @param row a row of an index
	 * @return the number of its block
	 */
	public static int block(int row) {
		return row / BLOCK;
	}

	/**
	 * @param row a row of an index
	 * @return its number within its block
	 */
	public static int inBlock(int row) {
		return row % BLOCK;
	}

	/**
	 * @param rows number of rows
	 * @return number of blocks that hold them
	 */
	public static int blocks(int rows) {
		return parts(rows, BLOCK);
	}

	/**
	 * @param rows number of rows
	 * @return number of groups that hold them
	 */
	public static int groups(int rows) {
		return parts(rows, GROUP);
	}

	/**
	 * Divides and rounds up.
	 * @param count number of items
	 * @param size items per part
	 * @return number of parts that hold all items
	 */
	public static int parts(long count, int size) {
		return (int) ((count + size - 1) / size);
	}

}
