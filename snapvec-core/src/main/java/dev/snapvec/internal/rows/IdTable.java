package dev.snapvec.internal.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import dev.snapvec.internal.code.Groups;

/**
 * Finds rows by id: an open-addressed table with one slot an id, which names the id's
 * newest row; a row that replaced another one of the same id names that one.
 * <p>
 * One writer, any number of readers. A reader searches on behalf of a view, which counts
 * the rows that exist for it. Where a slot names a row beyond that count, the reader
 * walks back through the rows it replaced to the one its view knows. Slots are only ever
 * written with newer rows, so what a view's writer put there before publishing can always
 * be found:
 * <ol>
 * <li>the writer stores the row's id and its predecessor, then the slot (release);
 * <li>a reader loads the slot (acquire), then predecessors and ids;
 * <li>a rehash makes a new table for the next view and leaves this one to its readers.
 * </ol>
 */
final class IdTable implements IdLookup {

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

	/** Slots that are there even if none is needed. */
	private static final int SPARE_SLOTS = 16;

	/** Five slots for four ids: more would cost memory, fewer time. */
	private static final int SLOTS = 5;

	private static final int IDS = 4;

	/** The longest array there can be, which has slots for all rows there can be. */
	private static final int MOST_SLOTS = Integer.MAX_VALUE - 8;

	/** A row plus one, or 0 for an empty slot. */
	private final int[] slots;

	/** The row each row replaced, plus one; shorter than the rows where none did. */
	private volatile int[] replaced;

	/** Used by the writer alone. */
	private int used;

	private IdTable(int[] slots, int[] replaced) {
		this.slots = slots;
		this.replaced = replaced;
	}

	/** An empty table with room for as many ids, and next to none to spare. */
	static IdTable forIds(int count) {
		long slots = (long) count * SLOTS / IDS + SPARE_SLOTS;
		return new IdTable(new int[(int) Math.min(slots, MOST_SLOTS)], new int[0]);
	}

	/** A table of the first {@code rows} rows, no two of one id, with room for more. */
	static IdTable of(RowBlock[] blocks, int rows, int more) {
		IdTable table = growing(rows, more);
		for (int row = 0; row < rows; row++) {
			table.append(row, blocks);
		}
		return table;
	}

	private static IdTable growing(int ids, int more) {
		return forIds((int) Math.min(Math.max((long) ids + more, ids * 2L), Integer.MAX_VALUE));
	}

	/** Notes a row whose id no other row here has. */
	private void append(int row, RowBlock[] blocks) {
		int at = first(blocks[Groups.block(row)].ids().hash(Groups.inBlock(row)));
		while (this.slots[at] != 0) {
			at = next(at);
		}
		this.slots[at] = row + 1;
		this.used++;
	}

	/** Where to look for an id of that hash first. */
	private int first(long hash) {
		// 63 bits of it, as the JDK multiplies signed numbers only
		return (int) Math.multiplyHigh(hash >>> 1, (long) this.slots.length << 1);
	}

	private int next(int at) {
		return (at + 1 < this.slots.length) ? at + 1 : 0;
	}

	@Override
	public int find(RowId id, RowBlock[] blocks, int count) {
		int at = first(id.hash());
		while (true) {
			int row = (int) SLOT.getAcquire(this.slots, at) - 1;
			if (row == NONE) {
				return NONE;
			}
			while (row >= count) {
				row = predecessor(row);
			}
			if (row != NONE && blocks[Groups.block(row)].ids().holds(Groups.inBlock(row), id)) {
				return row;
			}
			at = next(at);
		}
	}

	private int predecessor(int row) {
		int[] replaced = this.replaced;
		return (row < replaced.length) ? replaced[row] - 1 : NONE;
	}

	@Override
	public IdTable withRoomFor(int ids, RowBlock[] blocks) {
		if (((long) this.used + ids) * SLOTS <= (long) this.slots.length * IDS) {
			return this;
		}
		IdTable larger = growing(this.used, ids);
		for (int slot : this.slots) {
			if (slot != 0) {
				larger.append(slot - 1, blocks);
			}
		}
		larger.replaced = this.replaced;
		return larger;
	}

	/**
	 * Notes a row that is newer than any other of its id.
	 * @param id its id
	 * @param row the row, whose id the blocks hold already
	 * @param blocks the writer's blocks
	 */
	void put(RowId id, int row, RowBlock[] blocks) {
		int at = first(id.hash());
		while (true) {
			int other = this.slots[at] - 1;
			if (other == NONE) {
				this.used++;
				break;
			}
			if (blocks[Groups.block(other)].ids().holds(Groups.inBlock(other), id)) {
				setPredecessor(row, other);
				break;
			}
			at = next(at);
		}
		SLOT.setRelease(this.slots, at, row + 1);
	}

	private void setPredecessor(int row, int predecessor) {
		int[] replaced = this.replaced;
		replaced[row] = predecessor + 1;
		this.replaced = replaced;
	}

	/**
	 * Makes room to note that rows below {@code rows} replaced others, so that
	 * {@link #put} cannot fail.
	 */
	void reservePredecessors(int rows) {
		if (rows > this.replaced.length) {
			this.replaced = Arrays.copyOf(this.replaced, Math.max(rows, rows + rows / 2));
		}
	}

	@Override
	public long bytes() {
		return (this.slots.length + this.replaced.length) * 4L;
	}

}
