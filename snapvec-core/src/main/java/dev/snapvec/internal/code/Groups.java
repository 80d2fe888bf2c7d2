package dev.snapvec.internal.code;

/**
 * The two sizes in which rows lie together: groups, of which a kernel reads the same
 * column at a time, and blocks of whole groups, which are allocated one by one.
 */
public final class Groups {

	/** Rows of a group. */
	public static final int GROUP = 64;

	/**
	 * Rows of a full block: a group less than a power of two. An array of a power of two
	 * of bytes would not fit into as many bytes of heap, as it has a header, and the
	 * garbage collector G1 gives each large array regions of its own.
	 */
	public static final int BLOCK = 63 * GROUP;

	/** Groups of a full block. */
	public static final int PER_BLOCK = BLOCK / GROUP;

	/** Rows of an index: they are numbered by ints, and the last block may be full. */
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
	 * @param rows how many rows
	 * @return how many blocks hold them
	 */
	public static int blocks(int rows) {
		return parts(rows, BLOCK);
	}

	/**
	 * @param rows how many rows
	 * @return how many groups hold them
	 */
	public static int groups(int rows) {
		return parts(rows, GROUP);
	}

	/**
	 * Divides and rounds up.
	 * @param count how many there are
	 * @param size how many a part holds
	 * @return how many parts hold them all
	 */
	public static int parts(long count, int size) {
		return (int) ((count + size - 1) / size);
	}

}
