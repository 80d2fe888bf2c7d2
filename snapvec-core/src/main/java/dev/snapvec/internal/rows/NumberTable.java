package dev.snapvec.internal.rows;

/**
 * Finds the rows of a view by number: an open-addressed hash table with a slot per
 * numbered row, live or dead.
 * <p>
 * One writer, any number of readers. A reader searches on behalf of a view and skips rows
 * beyond its count. A slot is filled once and never changed, so whatever was filled
 * before a view was published can be found from it, and slots need no memory order of
 * their own. If several rows have the same number, at most one of them is live in a view.
 */
final class NumberTable {

	/** The table of rows without numbers. */
	static final NumberTable NONE = new NumberTable(new int[1]);

	/** Five slots per four rows, as in {@link IdTable}. */
	private static final int SLOTS = 5;

	private static final int ROWS = 4;

	private static final int SPARE_SLOTS = 16;

	/** Rows between two pauses: some ten microseconds. */
	private static final int STEP = 1024;

	/** Maximum length of an array. */
	private static final int MOST_SLOTS = Integer.MAX_VALUE - 8;

	/** A row plus one, or 0 for an empty slot. */
	private final int[] slots;

	/** Used by the writer alone. */
	private int used;

	private NumberTable(int[] slots) {
		this.slots = slots;
	}

	private static NumberTable forRows(long rows) {
		return new NumberTable(new int[slots(rows)]);
	}

	private static int slots(long rows) {
		return (int) Math.min(rows * SLOTS / ROWS + SPARE_SLOTS, MOST_SLOTS);
	}

	/**
	 * A table of all rows of a view.
	 * @param more number of further rows to expect, 0 for a table of the least memory
	 * @param pause is run every few rows, so that other threads can run
	 */
	static NumberTable of(View view, int more, Runnable pause) {
		int numbered = 0;
		for (int row = 0; row < view.count(); row++) {
			numbered += (view.number(row) != 0) ? 1 : 0;
		}
		if (numbered == 0) {
			return NONE;
		}
		NumberTable table = forRows((more > 0) ? growing(numbered, more) : numbered);
		for (int row = 0; row < view.count(); row++) {
			table.put(view.number(row), row);
			if (row % STEP == 0) {
				pause.run();
			}
		}
		return table;
	}

	/** A table of the rows of a view, of the least memory. */
	NumberTable trimmed(View view) {
		return (this == NONE || this.slots.length <= slots(this.used)) ? this : of(view, 0, () -> {
		});
	}

	private static long growing(int rows, int more) {
		return Math.max((long) rows + more, rows * 2L);
	}

	/**
	 * A table with capacity for a number of further rows of a view: this one if it
	 * suffices.
	 */
	NumberTable withRoomFor(int rows, View view) {
		if (((long) this.used + rows) * SLOTS <= (long) this.slots.length * ROWS) {
			return this;
		}
		NumberTable larger = forRows(growing(this.used, rows));
		for (int slot : this.slots) {
			// rows beyond are those of a mutation that failed
			if (slot != 0 && slot <= view.count()) {
				larger.put(view.number(slot - 1), slot - 1);
			}
		}
		return larger;
	}

	private int first(long number) {
		// 63 bits of the hash, because the JDK multiplies signed numbers only
		return (int) Math.multiplyHigh(IdHash.of(number) >>> 1, (long) this.slots.length << 1);
	}

	private int next(int at) {
		return (at + 1 < this.slots.length) ? at + 1 : 0;
	}

	/**
	 * Adds a row, for which there is room, unless its number is 0: then it has none.
	 */
	void put(long number, int row) {
		if (number == 0) {
			return;
		}
		int at = first(number);
		while (this.slots[at] != 0) {
			at = next(at);
		}
		this.slots[at] = row + 1;
		this.used++;
	}

	/** The live row of a number in a view, or {@link IdLookup#NONE}. */
	int find(long number, View view) {
		int at = first(number);
		while (true) {
			int row = this.slots[at] - 1;
			if (row < 0) {
				return IdLookup.NONE;
			}
			if (row < view.count() && view.number(row) == number && view.live().isLive(row)) {
				return row;
			}
			at = next(at);
		}
	}

	long bytes() {
		return (this == NONE) ? 0 : this.slots.length * 4L;
	}

}
