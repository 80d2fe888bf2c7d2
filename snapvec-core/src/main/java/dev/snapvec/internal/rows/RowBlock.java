package dev.snapvec.internal.rows;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Plane;
import dev.snapvec.internal.code.Transpose;

/**
 * Up to {@value Groups#BLOCK} rows: their codes, the numbers kept beside them, and their
 * ids.
 * <p>
 * Codes lie in groups of {@value Groups#GROUP} rows, column by column: the byte of column
 * c of row r is at {@code ((r / 64) * columns + c) * 64 + r % 64}, so that a kernel reads
 * the same column of 64 rows at once. Planes of which mostly single rows are read lie in
 * smaller groups.
 * <p>
 * The arrays are final and a row, once published, never changes; one writer fills rows
 * that no published view counts yet. Growing makes a new block, so a reader's block stays
 * as it is.
 */
public final class RowBlock {

	private final RowLayout layout;

	private final int capacity;

	private final byte[][] planes;

	private final float[][] floats;

	private final short[] float16;

	private final int[] lists;

	private final IdColumn ids;

	private RowBlock(RowLayout layout, int capacity, byte[][] planes, float[][] floats, short[] float16, int[] lists,
			IdColumn ids) {
		this.layout = layout;
		this.capacity = capacity;
		this.planes = planes;
		this.floats = floats;
		this.float16 = float16;
		this.lists = lists;
		this.ids = ids;
	}

	/**
	 * @param layout what to keep of each row
	 * @param rows how many rows to make room for, at most {@link #ROWS}
	 * @param lists whether to keep the list each row belongs to
	 * @return an empty block
	 */
	static RowBlock allocate(RowLayout layout, int rows, boolean lists) {
		int room = roundUp(rows);
		byte[][] planes = new byte[layout.planes().size()][];
		Arrays.setAll(planes, (p) -> new byte[room * layout.planes().get(p).columns()]);
		float[][] floats = new float[FloatColumn.values().length][];
		Arrays.setAll(floats, (c) -> new float[layout.has(FloatColumn.values()[c]) ? room : 0]);
		return new RowBlock(layout, room, planes, floats, new short[room * layout.float16()], new int[lists ? room : 0],
				IdColumn.allocate(room));
	}

	private static int roundUp(int rows) {
		return Groups.groups(rows) * Groups.GROUP;
	}

	/**
	 * @param rows how many rows to make room for, at most {@link #ROWS}
	 * @param lists whether to keep the list each row belongs to
	 * @return this block, or a copy with exactly that
	 */
	RowBlock withRoomFor(int rows, boolean lists) {
		int room = roundUp(rows);
		if (room == this.capacity && hasLists() == lists) {
			return this;
		}
		byte[][] planes = new byte[this.planes.length][];
		Arrays.setAll(planes, (p) -> Arrays.copyOf(this.planes[p], room * columns(p)));
		float[][] floats = new float[this.floats.length][];
		Arrays.setAll(floats,
				(c) -> (this.floats[c].length > 0) ? Arrays.copyOf(this.floats[c], room) : this.floats[c]);
		return new RowBlock(this.layout, room, planes, floats,
				Arrays.copyOf(this.float16, room * this.layout.float16()), Arrays.copyOf(this.lists, lists ? room : 0),
				this.ids.withRoomFor(room));
	}

	/**
	 * @return this block, or one that shares all but the ids, with the id written
	 */
	RowBlock withId(int row, RowId id) {
		IdColumn ids = this.ids.with(row, id);
		return (ids == this.ids) ? this
				: new RowBlock(this.layout, this.capacity, this.planes, this.floats, this.float16, this.lists, ids);
	}

	int capacity() {
		return this.capacity;
	}

	private Plane plane(int plane) {
		return this.layout.planes().get(plane);
	}

	private int columns(int plane) {
		return plane(plane).columns();
	}

	/**
	 * @param plane which part of the code
	 * @return its bytes, in groups, column by column
	 */
	public byte[] codes(int plane) {
		return this.planes[plane];
	}

	/**
	 * @param column which number
	 * @return that number of each row, or an empty array if it is not kept
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
	 * @return the list each row belongs to, or an empty array where the order of the rows
	 * tells
	 */
	public int[] lists() {
		return this.lists;
	}

	boolean hasLists() {
		return this.lists.length > 0;
	}

	IdColumn ids() {
		return this.ids;
	}

	/**
	 * Writes {@code count} rows of a batch, from its row {@code from} on, at {@code row}.
	 */
	void put(int row, EncodedRows batch, int from, int count) {
		for (int p = 0; p < this.planes.length; p++) {
			putCodes(p, row, batch.plane(p), from * columns(p), count);
		}
		for (FloatColumn column : this.layout.floats()) {
			System.arraycopy(batch.floats(column), from, floats(column), row, count);
		}
		int width = this.layout.float16();
		System.arraycopy(batch.float16(), from * width, this.float16, row * width, count * width);
		if (hasLists()) {
			System.arraycopy(batch.lists(), from, this.lists, row, count);
		}
	}

	/** Writes codes that lie row by row. */
	void putCodes(int plane, int row, byte[] rowMajor, int offset, int count) {
		Transpose.toColumns(plane(plane), rowMajor, offset, this.planes[plane], row, count);
	}

	/** Copies one row out, as row {@code to} of a batch. */
	void get(int row, EncodedRows batch, int to) {
		for (int p = 0; p < this.planes.length; p++) {
			code(p, row, batch.plane(p), to * columns(p));
		}
		for (FloatColumn column : this.layout.floats()) {
			batch.floats(column)[to] = floats(column)[row];
		}
		int width = this.layout.float16();
		System.arraycopy(this.float16, row * width, batch.float16(), to * width, width);
	}

	/**
	 * Copies one plane of a row's code out.
	 * @param plane which part of the code
	 * @param row the row in this block
	 * @param code receives the plane's bytes
	 * @param offset where they begin
	 */
	public void code(int plane, int row, byte[] code, int offset) {
		copyCode(plane, row, code, offset, 1);
	}

	/**
	 * Copies one plane of a row's code into a group.
	 * @param plane which part of the code
	 * @param row the row in this block
	 * @param group receives the plane's bytes, column by column
	 * @param place the row's place in the group
	 */
	public void gather(int plane, int row, byte[] group, int place) {
		copyCode(plane, row, group, place, Groups.GROUP);
	}

	private void copyCode(int plane, int row, byte[] target, int to, int step) {
		Plane source = plane(plane);
		byte[] codes = this.planes[plane];
		int at = source.start(row);
		for (int c = 0; c < source.columns(); c++) {
			target[to + c * step] = codes[at + c * source.group()];
		}
	}

	/** Writes one code of the first rows, whose bits are still zero. */
	void putCode(int plane, int code, int bits, byte[] values, int from, int rows) {
		Plane read = plane(plane);
		if (read.packing() == Plane.Packing.HALVES) {
			putNibbles(plane, code / 2, Plane.halfShift(code), values, 4, from, rows);
			putNibbles(plane, read.lowHalf(code), Plane.halfShift(code), values, 0, from, rows);
		}
		else if (bits == Byte.SIZE) {
			for (int row = 0; row < rows; row += Groups.GROUP) {
				System.arraycopy(values, from + row, this.planes[plane], read.start(row) + code * Groups.GROUP,
						Math.min(Groups.GROUP, rows - row));
			}
		}
		else {
			putNibbles(plane, code / 2, Plane.halfShift(code), values, 0, from, rows);
		}
	}

	private void putNibbles(int plane, int column, int shift, byte[] values, int valueShift, int from, int rows) {
		byte[] codes = this.planes[plane];
		for (int row = 0; row < rows; row += Groups.GROUP) {
			int at = plane(plane).start(row) + column * Groups.GROUP;
			int count = Math.min(Groups.GROUP, rows - row);
			for (int i = 0; i < count; i++) {
				codes[at + i] |= (byte) (((values[from + row + i] >>> valueShift) & 15) << shift);
			}
		}
	}

	/**
	 * @param plane which part of the code
	 * @param code which code of the plane
	 * @param bits bits a code, 4 or 8
	 * @param row the row in this block
	 * @return the code
	 */
	int code(int plane, int code, int bits, int row) {
		Plane read = plane(plane);
		if (read.packing() == Plane.Packing.HALVES) {
			return nibble(plane, code / 2, code, row) << 4 | nibble(plane, read.lowHalf(code), code, row);
		}
		return (bits == Byte.SIZE) ? this.planes[plane][read.start(row) + code * Groups.GROUP] & 0xff
				: nibble(plane, code / 2, code, row);
	}

	private int nibble(int plane, int column, int code, int row) {
		int value = this.planes[plane][plane(plane).start(row) + column * Groups.GROUP];
		return (value >>> Plane.halfShift(code)) & 15;
	}

	/** Heap bytes of the arrays. */
	long bytes() {
		long bytes = this.ids.bytes() + this.float16.length * 2L + this.lists.length * 4L;
		for (byte[] plane : this.planes) {
			bytes += plane.length;
		}
		for (float[] column : this.floats) {
			bytes += column.length * 4L;
		}
		return bytes;
	}

}
