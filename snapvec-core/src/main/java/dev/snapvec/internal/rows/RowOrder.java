package dev.snapvec.internal.rows;

import java.io.IOException;
import java.util.Arrays;

import dev.snapvec.internal.code.Groups;

/**
 * The live rows of a view in the order in which files and compacted stores hold them:
 * list by list where the layout is partitioned, and as they were added within a list.
 */
public final class RowOrder {

	private final View view;

	private final int[] rows;

	private final int[] listOffsets;

	private RowOrder(View view, int[] rows, int[] listOffsets) {
		this.view = view;
		this.rows = rows;
		this.listOffsets = listOffsets;
	}

	public static RowOrder of(View view) {
		int lists = view.listOffsets().length - 1;
		int[] rows = new int[view.size()];
		if (!view.layout().partitioned()) {
			int next = 0;
			for (int row = 0; row < view.count(); row++) {
				if (view.live().isLive(row)) {
					rows[next++] = row;
				}
			}
			return new RowOrder(view, rows, new int[1]);
		}
		int[] offsets = new int[lists + 1];
		int[] listOf = lists(view);
		for (int row = 0; row < view.count(); row++) {
			if (view.live().isLive(row)) {
				offsets[listOf[row] + 1]++;
			}
		}
		for (int list = 0; list < lists; list++) {
			offsets[list + 1] += offsets[list];
		}
		int[] next = offsets.clone();
		for (int row = 0; row < view.count(); row++) {
			if (view.live().isLive(row)) {
				rows[next[listOf[row]]++] = row;
			}
		}
		return new RowOrder(view, rows, offsets);
	}

	/** The list of each row. */
	private static int[] lists(View view) {
		int[] lists = new int[view.count()];
		int[] offsets = view.listOffsets();
		for (int list = 0; list < offsets.length - 1; list++) {
			Arrays.fill(lists, offsets[list], offsets[list + 1], list);
		}
		for (int row = view.sorted(); row < lists.length; row++) {
			lists[row] = view.list(row);
		}
		return lists;
	}

	public RowLayout layout() {
		return this.view.layout();
	}

	public int size() {
		return this.rows.length;
	}

	/**
	 * @return where each list begins, and where the last one ends
	 */
	public int[] listOffsets() {
		return this.listOffsets;
	}

	/**
	 * @param position a place in this order
	 * @return the id of the row there
	 */
	public String id(int position) {
		return this.view.id(this.rows[position]);
	}

	RowId rowId(int position) {
		return this.view.rowId(this.rows[position]);
	}

	/**
	 * @return room to copy as many rows to at once as is worth it
	 */
	EncodedRows batch() {
		return new EncodedRows(layout(), Math.min(Groups.BLOCK, this.rows.length));
	}

	/** Writes some rows. */
	@FunctionalInterface
	public interface BatchWriter {

		/**
		 * @param rows the rows, which are others in the next call
		 * @param count how many
		 * @throws IOException if writing fails
		 */
		void write(EncodedRows rows, int count) throws IOException;

	}

	/**
	 * Copies all rows out, some at a time.
	 * @param writer is given them in this order
	 * @throws IOException if it throws that
	 */
	public void forEachBatch(BatchWriter writer) throws IOException {
		EncodedRows rows = batch();
		for (int from = 0; from < this.rows.length; from += rows.size()) {
			writer.write(rows, copy(from, rows));
		}
	}

	/**
	 * Copies rows out.
	 * @param position the first one's place in this order
	 * @param batch receives as many rows as it holds, or as are left
	 * @return how many
	 */
	public int copy(int position, EncodedRows batch) {
		int count = Math.min(batch.size(), this.rows.length - position);
		for (int i = 0; i < count; i++) {
			int row = this.rows[position + i];
			this.view.block(row).get(Groups.inBlock(row), batch, i);
		}
		return count;
	}

	/**
	 * Copies one code of many rows out.
	 * @param code the number of a code
	 * @param number which one of a row
	 * @param position the first row's place in this order
	 * @param codes receives as many codes as it holds, or as there are rows left
	 * @return how many
	 */
	public int copyCode(int code, int number, int position, byte[] codes) {
		int count = Math.min(codes.length, this.rows.length - position);
		for (int i = 0; i < count; i++) {
			int row = this.rows[position + i];
			codes[i] = (byte) this.view.block(row).code(code, number, Groups.inBlock(row));
		}
		return count;
	}

}
