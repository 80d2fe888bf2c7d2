package dev.snapvec.internal.rows;

import dev.snapvec.internal.code.Groups;

/**
 * The rows of an index at one moment, which a search reads throughout. Immutable, except
 * for rows beyond {@link #count()}, which it never reads. See
 * docs/adr/0001-blocks-and-views.md.
 * <p>
 * In a partitioned layout the first {@link #sorted()} rows are stored list by list; the
 * rows behind them, the tail, are in the order of addition, each with the number of its
 * list. In any other layout no row is sorted.
 */
public final class View {

	/** The highest number that a row may have. */
	public static final long MOST_NUMBER = 1L << 62;

	private final RowLayout layout;

	private final RowBlock[] blocks;

	private final int count;

	private final int[] listOffsets;

	private final LiveRows live;

	private final IdLookup ids;

	private final RowNumbers numbers;

	View(RowLayout layout, RowBlock[] blocks, int count, int[] listOffsets, LiveRows live, IdLookup ids,
			RowNumbers numbers) {
		this.layout = layout;
		this.blocks = blocks;
		this.count = count;
		this.listOffsets = listOffsets;
		this.live = live;
		this.ids = ids;
		this.numbers = numbers;
	}

	/** A view without rows. */
	static View empty(RowLayout layout, int lists) {
		return new View(layout, new RowBlock[0], 0, new int[layout.partitioned() ? lists + 1 : 1], LiveRows.ALL,
				IdTable.forIds(0), RowNumbers.NONE);
	}

	/** This view with other numbers. */
	View with(RowNumbers numbers) {
		return new View(this.layout, this.blocks, this.count, this.listOffsets, this.live, this.ids, numbers);
	}

	public RowLayout layout() {
		return this.layout;
	}

	/**
	 * @return number of stored rows, including dead ones
	 */
	public int count() {
		return this.count;
	}

	/**
	 * @return number of live rows
	 */
	public int size() {
		return this.count - dead();
	}

	/**
	 * @return number of dead rows, whose memory is not freed yet
	 */
	public int dead() {
		return this.live.deadCount();
	}

	/**
	 * @return number of rows in the tail, 0 if the layout is not partitioned
	 */
	public int tail() {
		return this.layout.partitioned() ? this.count - sorted() : 0;
	}

	/**
	 * @return number of rows that are stored list by list
	 */
	public int sorted() {
		return this.listOffsets[this.listOffsets.length - 1];
	}

	/**
	 * @return start of each list among the sorted rows, and end of the last one
	 */
	public int[] listOffsets() {
		return this.listOffsets;
	}

	/**
	 * @param row a row of a partitioned layout
	 * @return the list it belongs to
	 */
	public int list(int row) {
		if (row >= sorted()) {
			return block(row).lists()[Groups.inBlock(row)];
		}
		int low = 0;
		int high = this.listOffsets.length - 1;
		while (high - low > 1) {
			int middle = (low + high) >>> 1;
			if (this.listOffsets[middle] <= row) {
				low = middle;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * @param row a row
	 * @return the block that holds it, as its row {@code Groups.inBlock(row)}
	 */
	public RowBlock block(int row) {
		return this.blocks[Groups.block(row)];
	}

	/**
	 * @param group a group of 64 rows
	 * @return a bit for each of its rows that is live, the lowest for the first
	 */
	public long liveWord(int group) {
		long word = this.live.word(group);
		int rest = this.count - group * Groups.GROUP;
		return (rest < Groups.GROUP) ? word & ((1L << rest) - 1) : word;
	}

	/**
	 * @param id an id
	 * @return its live row, or -1
	 */
	public int rowOf(RowId id) {
		if (!id.isStorable()) {
			return IdLookup.NONE;
		}
		int row = this.ids.find(id, this.blocks, this.count);
		return (row != IdLookup.NONE && this.live.isLive(row)) ? row : IdLookup.NONE;
	}

	/**
	 * @param row a row
	 * @return its id
	 */
	public String id(int row) {
		return block(row).ids().text(Groups.inBlock(row));
	}

	/**
	 * @return whether a row has or had a number
	 */
	public boolean isNumbered() {
		return newestNumber() > 0;
	}

	/**
	 * @return the highest number that a row of this view or an earlier one has or had, 0
	 * if none had one
	 */
	public long newestNumber() {
		return this.numbers.newest();
	}

	/**
	 * @param row a row
	 * @return its number, or 0 if it has none
	 */
	public long number(int row) {
		return block(row).number(Groups.inBlock(row));
	}

	/**
	 * @param number a number
	 * @return the live row that has it, or -1
	 */
	public int rowOfNumber(long number) {
		return (number > 0) ? this.numbers.table().find(number, this) : IdLookup.NONE;
	}

	RowId rowId(int row) {
		return block(row).ids().id(Groups.inBlock(row));
	}

	/**
	 * @param row a row
	 * @return a copy of everything but its id
	 */
	public EncodedRows encoded(int row) {
		return encoded(new int[] { row }, 1);
	}

	/** A copy of everything but the ids of the first {@code count} of some rows. */
	EncodedRows encoded(int[] some, int count) {
		EncodedRows rows = new EncodedRows(this.layout, count, isNumbered());
		for (int i = 0; i < count; i++) {
			block(some[i]).get(Groups.inBlock(some[i]), rows, i);
			if (this.layout.partitioned()) {
				rows.lists()[i] = list(some[i]);
			}
		}
		return rows;
	}

	/**
	 * @return size of everything reachable from here in bytes of heap
	 */
	public long bytes() {
		long bytes = this.listOffsets.length * 4L + this.live.bytes() + this.ids.bytes() + this.numbers.table().bytes();
		for (RowBlock block : this.blocks) {
			bytes += block.bytes();
		}
		return bytes;
	}

	RowBlock[] blocks() {
		return this.blocks;
	}

	LiveRows live() {
		return this.live;
	}

	IdLookup ids() {
		return this.ids;
	}

	RowNumbers numbers() {
		return this.numbers;
	}

}
