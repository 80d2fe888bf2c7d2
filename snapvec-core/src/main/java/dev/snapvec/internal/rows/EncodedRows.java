package dev.snapvec.internal.rows;

/**
 * A batch of rows outside a store, every part row by row: what encoders write, and what a
 * file is read into and written from. Parts that the layout lacks are empty arrays.
 * Threads may write different rows at once; otherwise confined to one thread.
 */
public final class EncodedRows {

	private final int size;

	private final byte[][] planes;

	private final float[][] floats;

	private final short[] halfs;

	private final int[] lists;

	/**
	 * @param layout what to hold of each row
	 * @param size how many rows
	 */
	public EncodedRows(RowLayout layout, int size) {
		this.size = size;
		this.planes = new byte[layout.planes().size()][];
		for (int p = 0; p < this.planes.length; p++) {
			this.planes[p] = new byte[size * layout.planes().get(p).columns()];
		}
		this.floats = new float[FloatColumn.values().length][];
		for (FloatColumn column : FloatColumn.values()) {
			this.floats[column.ordinal()] = new float[layout.has(column) ? size : 0];
		}
		this.halfs = new short[size * layout.halfs()];
		this.lists = new int[layout.partitioned() ? size : 0];
	}

	public int size() {
		return this.size;
	}

	/**
	 * @param plane which part of the code
	 * @return its bytes
	 */
	public byte[] plane(int plane) {
		return this.planes[plane];
	}

	public float[] floats(FloatColumn column) {
		return this.floats[column.ordinal()];
	}

	/**
	 * @return float16 coordinates of the vectors
	 */
	public short[] halfs() {
		return this.halfs;
	}

	/**
	 * @return the list each row belongs to
	 */
	public int[] lists() {
		return this.lists;
	}

}
