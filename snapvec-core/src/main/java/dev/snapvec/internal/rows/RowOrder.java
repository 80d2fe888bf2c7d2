package dev.snapvec.internal.rows;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntFunction;

import dev.snapvec.internal.code.Groups;

/**
 * The live rows of a view in the order of files and compacted stores: list by list if the
 * layout is partitioned, and in the order of addition within a list.
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
	 * @return start of each list, and end of the last one
	 */
	public int[] listOffsets() {
		return this.listOffsets;
	}

	/**
	 * @param position a position in this order
	 * @return the id of the row at that position
	 */
	public String id(int position) {
		return this.view.id(this.rows[position]);
	}

	/**
	 * @param position a position in this order
	 * @return the number of the row at that position, or 0 if it has none
	 */
	public long number(int position) {
		return this.view.number(this.rows[position]);
	}

	/**
	 * @return the highest number that was ever given to a row, 0 if none had one
	 */
	public long newestNumber() {
		return this.view.newestNumber();
	}

	RowId rowId(int position) {
		return this.view.rowId(this.rows[position]);
	}

	/** Writes one part of some rows. */
	@FunctionalInterface
	public interface PartWriter<T> {

		/**
		 * @param part that part of the rows, row by row, which is overwritten before the
		 * next call
		 * @param count number of rows
		 * @throws IOException if writing fails
		 */
		void write(T part, int count) throws IOException;

	}

	/**
	 * Copies one of the codes of all rows, batch by batch.
	 * @param code number of the code
	 * @param writer receives the code's bytes in this order
	 * @throws IOException if the writer throws it
	 */
	public void forEachCodes(int code, PartWriter<byte[]> writer) throws IOException {
		int columns = layout().codes().get(code).columns();
		forEachBatch((rows) -> new byte[rows * columns],
				(block, row, codes, to) -> block.codes(code, row, codes, to * columns), writer);
	}

	/**
	 * Copies a number of all rows, batch by batch.
	 * @param column the number
	 * @param writer receives the numbers in this order
	 * @throws IOException if the writer throws it
	 */
	public void forEachFloats(FloatColumn column, PartWriter<float[]> writer) throws IOException {
		forEachBatch(float[]::new, (block, row, floats, to) -> floats[to] = block.floats(column)[row], writer);
	}

	/**
	 * Copies the float16 coordinates of all rows, batch by batch.
	 * @param writer receives the coordinates in this order
	 * @throws IOException if the writer throws it
	 */
	public void forEachFloat16(PartWriter<short[]> writer) throws IOException {
		int width = layout().float16();
		forEachBatch((rows) -> new short[rows * width],
				(block, row, float16, to) -> System.arraycopy(block.float16(), row * width, float16, to * width, width),
				writer);
	}

	/** Copies one part of a row. */
	@FunctionalInterface
	private interface PartCopy<T> {

		void copy(RowBlock block, int row, T part, int to);

	}

	private <T> void forEachBatch(IntFunction<T> allocate, PartCopy<T> copy, PartWriter<T> writer) throws IOException {
		int size = Math.min(Groups.BLOCK, this.rows.length);
		T part = allocate.apply(size);
		for (int from = 0; from < this.rows.length; from += size) {
			int count = Math.min(size, this.rows.length - from);
			for (int i = 0; i < count; i++) {
				int row = this.rows[from + i];
				copy.copy(this.view.block(row), Groups.inBlock(row), part, i);
			}
			writer.write(part, count);
		}
	}

	/**
	 * Copies rows.
	 * @param position position of the first in this order
	 * @param batch receives as many rows as it holds, or as are left
	 * @return number of rows copied
	 */
	int copy(int position, EncodedRows batch) {
		int count = Math.min(batch.size(), this.rows.length - position);
		for (int i = 0; i < count; i++) {
			int row = this.rows[position + i];
			this.view.block(row).get(Groups.inBlock(row), batch, i);
		}
		return count;
	}

	/**
	 * Copies one coordinate of a code of many rows.
	 * @param code number of a code
	 * @param number number of the coordinate or subspace
	 * @param position position of the first row in this order
	 * @param codes receives as many codes as it holds, or as there are rows left
	 * @return number of codes copied
	 */
	public int copyCode(int code, int number, int position, byte[] codes) {
		int count = Math.min(codes.length, this.rows.length - position);
		for (int i = 0; i < count;) {
			int first = this.rows[position + i];
			int end = i + 1;
			while (end < count && Groups.block(this.rows[position + end]) == Groups.block(first)) {
				end++;
			}
			this.view.block(first).copyCode(code, number, this.rows, position + i, end - i, codes, i);
			i = end;
		}
		return count;
	}

}
