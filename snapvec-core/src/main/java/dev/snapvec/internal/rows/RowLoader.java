package dev.snapvec.internal.rows;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Fills a store from a file, whose parts come one after another for all rows. Each method
 * takes rows of one block: from a multiple of {@link RowBlock#ROWS}, at most that many.
 * Confined to one thread.
 */
public final class RowLoader {

	private final RowLayout layout;

	private final int count;

	private final RowBlock[] blocks;

	private @Nullable PackedIdTable table;

	/**
	 * @param layout what the file holds of each row, or what can be made of it
	 * @param count how many rows; the file is known to be large enough for them
	 */
	public RowLoader(RowLayout layout, int count) {
		this.layout = layout;
		this.count = count;
		this.blocks = new RowBlock[(int) (((long) count + RowBlock.ROWS - 1) / RowBlock.ROWS)];
		for (int b = 0; b < this.blocks.length; b++) {
			this.blocks[b] = RowBlock.allocate(layout, Math.min(RowBlock.ROWS, count - b * RowBlock.ROWS), false);
		}
	}

	public int count() {
		return this.count;
	}

	/**
	 * @return rows of the first block, which no other has more of
	 */
	public int batchRows() {
		return Math.min(RowBlock.ROWS, this.count);
	}

	/**
	 * @param plane which part of the code
	 * @param row the first row
	 * @param codes its bytes, row by row
	 * @param rows how many rows
	 */
	public void codes(int plane, int row, byte[] codes, int rows) {
		this.blocks[row / RowBlock.ROWS].putCodes(plane, 0, codes, 0, rows);
	}

	/**
	 * @param plane which part of the code
	 * @param code which code of the plane
	 * @param bits bits a code, 4 or 8
	 * @param row the first row
	 * @param codes that code of each row
	 * @param rows how many rows
	 */
	public void code(int plane, int code, int bits, int row, byte[] codes, int rows) {
		this.blocks[row / RowBlock.ROWS].putCode(plane, code, bits, codes, rows);
	}

	/**
	 * @param column which number
	 * @param row the first row
	 * @param values one a row
	 * @param rows how many rows
	 */
	public void floats(FloatColumn column, int row, float[] values, int rows) {
		System.arraycopy(values, 0, this.blocks[row / RowBlock.ROWS].floats(column), 0, rows);
	}

	/**
	 * @param row the first row
	 * @param halfs float16 coordinates, row by row
	 * @param rows how many rows
	 */
	public void halfs(int row, short[] halfs, int rows) {
		System.arraycopy(halfs, 0, this.blocks[row / RowBlock.ROWS].halfs(), 0, rows * this.layout.halfs());
	}

	/**
	 * @param row a row
	 * @param id its id
	 */
	public void id(int row, String id) {
		int block = row / RowBlock.ROWS;
		this.blocks[block] = this.blocks[block].withId(row % RowBlock.ROWS, RowId.of(id));
	}

	/**
	 * Makes it possible to find rows by id, once they all have theirs.
	 * @return of the rows whose id an earlier one has, the first; null if there is none
	 */
	public @Nullable DuplicateId indexIds() {
		this.table = PackedIdTable.of(this.blocks, this.count, () -> {
		});
		return this.table.duplicate(this.blocks);
	}

	/**
	 * @param row the first row of a block
	 * @return the block, filled so far
	 */
	public RowBlock block(int row) {
		return this.blocks[row / RowBlock.ROWS];
	}

	/**
	 * @param listOffsets where each list begins among the rows, or a single 0 where there
	 * are no lists
	 * @return the store
	 */
	public RowStore finish(int[] listOffsets) {
		return new RowStore(new View(this.layout, this.blocks, this.count, listOffsets, LiveRows.ALL,
				Objects.requireNonNull(this.table)));
	}

}
