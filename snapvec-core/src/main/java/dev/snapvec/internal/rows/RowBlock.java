package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Slice;
import dev.snapvec.internal.code.Transpose;

/**
 * Up to {@value Groups#BLOCK} rows: their codes, numbers and ids. See
 * docs/adr/0001-blocks-and-views.md.
 * <p>
 * Each slice of the codes is stored in groups of {@value Groups#GROUP} rows, column by
 * column: the byte of column c of row r is at
 * {@code ((r / 64) * columns + c) * 64 + r % 64}, so that a kernel reads one column of 64
 * rows at a time. Slices that are mostly read for single rows are stored in smaller
 * groups.
 * <p>
 * The arrays are final, and a published row never changes; the one writer fills rows
 * beyond the count of every published view. Growing creates a new block, so a reader's
 * block is unaffected.
 */
public final class RowBlock {

	private final RowLayout layout;

	private final int capacity;

	private final byte[][] slices;

	private final float[][] floats;

	private final short[] float16;

	private final int[] lists;

	private final long[] numbers;

	private final IdColumn ids;

	private RowBlock(RowLayout layout, int capacity, byte[][] slices, float[][] floats, short[] float16, int[] lists,
			long[] numbers, IdColumn ids) {
		this.layout = layout;
		this.capacity = capacity;
		this.slices = slices;
		this.floats = floats;
		this.float16 = float16;
		this.lists = lists;
		this.numbers = numbers;
		this.ids = ids;
	}

	/**
	 * @param layout the parts of a row
	 * @param rows capacity, at most {@value Groups#BLOCK} rows
	 * @param lists whether to keep the list of each row
	 * @param numbers whether to keep the number of each row
	 * @return an empty block
	 */
	static RowBlock allocate(RowLayout layout, int rows, boolean lists, boolean numbers) {
		int room = roundUp(rows);
		List<Slice> cut = layout.slices();
		byte[][] slices = new byte[cut.size()][];
		Arrays.setAll(slices, (s) -> new byte[room * cut.get(s).columns()]);
		float[][] floats = new float[FloatColumn.values().length][];
		Arrays.setAll(floats, (c) -> new float[layout.has(FloatColumn.values()[c]) ? room : 0]);
		return new RowBlock(layout, room, slices, floats, new short[room * layout.float16()], new int[lists ? room : 0],
				numbers ? new long[room] : EncodedRows.NO_NUMBERS, IdColumn.allocate(room));
	}

	private static int roundUp(int rows) {
		return Groups.groups(rows) * Groups.GROUP;
	}

	/**
	 * @param rows capacity, at most {@value Groups#BLOCK} rows
	 * @param lists whether to keep the list of each row
	 * @param numbers whether to keep the number of each row; those that a block has stay
	 * @return this block, or a copy with exactly that capacity, and the lists and numbers
	 * as requested
	 */
	RowBlock withRoomFor(int rows, boolean lists, boolean numbers) {
		int room = roundUp(rows);
		boolean numbered = numbers || hasNumbers();
		if (room == this.capacity && hasLists() == lists && hasNumbers() == numbered) {
			return this;
		}
		List<Slice> cut = this.layout.slices();
		byte[][] slices = new byte[cut.size()][];
		Arrays.setAll(slices, (s) -> Arrays.copyOf(this.slices[s], room * cut.get(s).columns()));
		float[][] floats = new float[this.floats.length][];
		Arrays.setAll(floats,
				(c) -> (this.floats[c].length > 0) ? Arrays.copyOf(this.floats[c], room) : this.floats[c]);
		return new RowBlock(this.layout, room, slices, floats,
				Arrays.copyOf(this.float16, room * this.layout.float16()), Arrays.copyOf(this.lists, lists ? room : 0),
				numbered ? Arrays.copyOf(this.numbers, room) : this.numbers, this.ids.withRoomFor(room));
	}

	/**
	 * @return this block, or one that shares everything but has room for numbers
	 */
	RowBlock withNumbers() {
		return hasNumbers() ? this : new RowBlock(this.layout, this.capacity, this.slices, this.floats, this.float16,
				this.lists, new long[this.capacity], this.ids);
	}

	/**
	 * @return this block, or one that shares everything but the ids, with the id written
	 */
	RowBlock withId(int row, RowId id) {
		IdColumn ids = this.ids.with(row, id);
		return (ids == this.ids) ? this : new RowBlock(this.layout, this.capacity, this.slices, this.floats,
				this.float16, this.lists, this.numbers, ids);
	}

	int capacity() {
		return this.capacity;
	}

	private CodeSlices code(int code) {
		return this.layout.codes().get(code);
	}

	/**
	 * @return the bytes of each slice, in groups, column by column; those of the first
	 * code first
	 */
	public byte[][] slices() {
		return this.slices;
	}

	/**
	 * @param column the number
	 * @return that number per row, or an empty array if it is not kept
	 */
	public float[] floats(FloatColumn column) {
		return this.floats[column.ordinal()];
	}

	/**
	 * @return float16 coordinates of the vectors, row by row
	 */
	public short[] float16() {
		return this.float16;
	}

	/**
	 * @return the list of each row, or an empty array if the order of the rows determines
	 * it
	 */
	public int[] lists() {
		return this.lists;
	}

	boolean hasLists() {
		return this.lists.length > 0;
	}

	boolean hasNumbers() {
		return this.numbers.length > 0;
	}

	/** The number of a row, 0 for a row without. */
	long number(int row) {
		return hasNumbers() ? this.numbers[row] : 0;
	}

	/** The number of each row, or an empty array if none has one. */
	long[] numbers() {
		return this.numbers;
	}

	IdColumn ids() {
		return this.ids;
	}

	/**
	 * Writes {@code count} rows of a batch, from its row {@code from} on, at {@code row}.
	 */
	void put(int row, EncodedRows batch, int from, int count) {
		for (int c = 0; c < this.layout.codes().size(); c++) {
			putCodes(c, row, batch.codes(c), from * code(c).columns(), count);
		}
		for (FloatColumn column : this.layout.floats()) {
			System.arraycopy(batch.floats(column), from, floats(column), row, count);
		}
		int width = this.layout.float16();
		System.arraycopy(batch.float16(), from * width, this.float16, row * width, count * width);
		if (hasLists()) {
			System.arraycopy(batch.lists(), from, this.lists, row, count);
		}
		if (batch.hasNumbers()) {
			System.arraycopy(batch.numbers(), from, this.numbers, row, count);
		}
		else if (hasNumbers()) {
			// a mutation that failed may have left others
			Arrays.fill(this.numbers, row, row + count, 0);
		}
	}

	/** Writes codes in row-major form. */
	void putCodes(int code, int row, byte[] rowMajor, int offset, int count) {
		int first = this.layout.firstSlice(code);
		int pitch = code(code).columns();
		int from = offset;
		for (Slice slice : code(code).slices()) {
			Transpose.toColumns(slice, rowMajor, from, pitch, this.slices[first++], row, count);
			from += slice.columns();
		}
	}

	/** Copies a row to row {@code to} of a batch. */
	void get(int row, EncodedRows batch, int to) {
		for (int c = 0; c < this.layout.codes().size(); c++) {
			codes(c, row, batch.codes(c), to * code(c).columns());
		}
		for (FloatColumn column : this.layout.floats()) {
			batch.floats(column)[to] = floats(column)[row];
		}
		int width = this.layout.float16();
		System.arraycopy(this.float16, row * width, batch.float16(), to * width, width);
		if (batch.hasNumbers()) {
			batch.numbers()[to] = number(row);
		}
	}

	/**
	 * Copies one of the codes of a row.
	 * @param code number of the code
	 * @param row number of the row in this block
	 * @param codes receives the bytes of all its slices
	 * @param offset position of the first byte
	 */
	public void codes(int code, int row, byte[] codes, int offset) {
		int first = this.layout.firstSlice(code);
		int to = offset;
		for (Slice slice : code(code).slices()) {
			Transpose.row(slice, this.slices[first++], row, codes, to, 1);
			to += slice.columns();
		}
	}

	/** Writes one coordinate of the code of the first rows, whose bits are still zero. */
	void putCode(int code, int number, byte[] values, int from, int rows) {
		int first = this.layout.firstSlice(code);
		for (Slice slice : code(code).slices()) {
			Transpose.putCode(slice, number, values, from, rows, this.slices[first++]);
		}
	}

	/**
	 * Copies one coordinate of the code of several rows.
	 * @param code number of the code
	 * @param number number of the coordinate or subspace
	 * @param rows rows of the index, all of them in this block
	 * @param from position of the first row
	 * @param count number of rows
	 * @param values receives the values
	 * @param to position of the first value
	 */
	void copyCode(int code, int number, int[] rows, int from, int count, byte[] values, int to) {
		Arrays.fill(values, to, to + count, (byte) 0);
		int first = this.layout.firstSlice(code);
		for (Slice slice : code(code).slices()) {
			Transpose.addCode(slice, number, this.slices[first++], rows, from, count, values, to);
		}
	}

	/** Size of the arrays in bytes of heap. */
	long bytes() {
		long bytes = this.ids.bytes() + this.float16.length * 2L + this.lists.length * 4L + this.numbers.length * 8L;
		for (byte[] slice : this.slices) {
			bytes += slice.length;
		}
		for (float[] column : this.floats) {
			bytes += column.length * 4L;
		}
		return bytes;
	}

}
