package dev.snapvec.internal.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The ids of a block's rows: eight bytes per row, and the UTF-8 text of ids that are not
 * numbers in one arena. Written and read like {@link RowBlock}.
 */
final class IdColumn {

	private static final long[] ALL_NUMBERS = {};

	/**
	 * A number, or the position of the text in the arena, where two bytes of length
	 * precede it.
	 */
	private final long[] values;

	/** One bit per row: whether its id is text; empty as long as no id is. */
	private final long[] text;

	private final byte[] arena;

	/** Used by the writer alone. */
	private int arenaUsed;

	private IdColumn(long[] values, long[] text, byte[] arena, int arenaUsed) {
		this.values = values;
		this.text = text;
		this.arena = arena;
		this.arenaUsed = arenaUsed;
	}

	static IdColumn allocate(int rows) {
		return new IdColumn(new long[rows], ALL_NUMBERS, new byte[0], 0);
	}

	/** A copy with capacity for exactly that number of rows. */
	IdColumn withRoomFor(int rows) {
		return new IdColumn(Arrays.copyOf(this.values, rows),
				(this.text.length > 0) ? Arrays.copyOf(this.text, words(rows)) : ALL_NUMBERS,
				Arrays.copyOf(this.arena, this.arenaUsed), this.arenaUsed);
	}

	private static int words(int rows) {
		return (rows + Long.SIZE - 1) / Long.SIZE;
	}

	/**
	 * This column, or a larger one that shares the array of numbers, with the id written.
	 */
	IdColumn with(int row, RowId id) {
		byte[] utf8 = id.utf8();
		if (utf8 == null) {
			this.values[row] = id.number();
			if (this.text.length > 0) {
				this.text[row / Long.SIZE] &= ~(1L << row);
			}
			return this;
		}
		IdColumn column = withRoomForText(2 + utf8.length);
		column.putText(row, utf8);
		return column;
	}

	private IdColumn withRoomForText(int bytes) {
		int needed = this.arenaUsed + bytes;
		if (this.text.length > 0 && needed <= this.arena.length) {
			return this;
		}
		long[] text = (this.text.length > 0) ? this.text : new long[words(this.values.length)];
		byte[] arena = (needed <= this.arena.length) ? this.arena
				: Arrays.copyOf(this.arena, Math.max(needed, this.arena.length + this.arena.length / 2));
		return new IdColumn(this.values, text, arena, this.arenaUsed);
	}

	private void putText(int row, byte[] utf8) {
		int at = this.arenaUsed;
		this.arena[at] = (byte) utf8.length;
		this.arena[at + 1] = (byte) (utf8.length >>> 8);
		System.arraycopy(utf8, 0, this.arena, at + 2, utf8.length);
		this.arenaUsed = at + 2 + utf8.length;
		this.values[row] = at;
		this.text[row / Long.SIZE] |= 1L << row;
	}

	private boolean isText(int row) {
		return this.text.length > 0 && (this.text[row / Long.SIZE] & (1L << row)) != 0;
	}

	private int textStart(int row) {
		return (int) this.values[row] + 2;
	}

	private int textLength(int row) {
		int at = (int) this.values[row];
		return (this.arena[at] & 0xff) | (this.arena[at + 1] & 0xff) << 8;
	}

	boolean holds(int row, RowId id) {
		byte[] utf8 = id.utf8();
		if (utf8 == null) {
			return !isText(row) && this.values[row] == id.number();
		}
		if (!isText(row)) {
			return false;
		}
		int start = textStart(row);
		return Arrays.equals(this.arena, start, start + textLength(row), utf8, 0, utf8.length);
	}

	/** The hash of the row's id. */
	long hash(int row) {
		if (!isText(row)) {
			return IdHash.of(this.values[row]);
		}
		int start = textStart(row);
		return IdHash.of(this.arena, start, start + textLength(row));
	}

	String text(int row) {
		return isText(row) ? new String(this.arena, textStart(row), textLength(row), StandardCharsets.UTF_8)
				: Long.toString(this.values[row]);
	}

	RowId id(int row) {
		if (!isText(row)) {
			return RowId.ofNumber(this.values[row]);
		}
		int start = textStart(row);
		return RowId.ofText(Arrays.copyOfRange(this.arena, start, start + textLength(row)));
	}

	long bytes() {
		return this.values.length * 8L + this.text.length * 8L + this.arena.length;
	}

}
