package dev.snapvec.internal.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import dev.snapvec.internal.code.Groups;

/**
 * Finds rows by id: an open-addressed hash table with one slot per id, which holds the
 * newest row of the id; a row that replaced another one of the same id links to it.
 * <p>
 * One writer, any number of readers. A reader searches on behalf of a view, whose count
 * limits the rows that exist for it. If a slot holds a row beyond that count, the reader
 * follows the links to replaced rows back to one that its view contains. Slots are only
 * overwritten with newer rows, so everything that was written before a view was published
 * can be found:
 * <ol>
 * <li>the writer stores the row's id and its predecessor, then the slot (release);
 * <li>a reader loads the slot (acquire), then predecessors and ids;
 * <li>a rehash creates a new table for the next view and leaves this one to its readers.
 * </ol>
 */
final class IdTable implements IdLookup {

	private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

	/** Minimum number of slots. */
	private static final int SPARE_SLOTS = 16;

	/** Five slots per four ids: more would cost memory, fewer would cost time. */
	private static final int SLOTS = 5;

	private static final int IDS = 4;

	/** Maximum length of an array, which is enough for the maximum number of rows. */
	private static final int MOST_SLOTS = Integer.MAX_VALUE - 8;

	/** A row plus one, or 0 for an empty slot. */
	private final int[] slots;

	/**
	 * The row that each row replaced, plus one; may be shorter than the number of rows.
	 */
	private volatile int[] replaced;

	/** Used by the writer alone. */
	private int used;

	private IdTable(int[] slots, int[] replaced) {
		this.slots = slots;
		this.replaced = replaced;
	}

	/** An empty table with capacity for a number of ids, and hardly any more. */
	static IdTable forIds(int count) {
		long slots = (long) count * SLOTS / IDS + SPARE_SLOTS;
		return new IdTable(new int[(int) Math.min(slots, MOST_SLOTS)], new int[0]);
	}

	/**
	 * A table of the first {@code rows} rows, whose ids are distinct, with capacity for
	 * more.
	 */
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

	/** Adds a row whose id no other row in the table has. */
	private void append(int row, RowBlock[] blocks) {
		int at = first(blocks[Groups.block(row)].ids().hash(Groups.inBlock(row)));
		while (this.slots[at] != 0) {
			at = next(at);
		}
		this.slots[at] = row + 1;
		this.used++;
	}

	/** The first slot to probe for a hash. */
	private int first(long hash) {
		// 63 bits of it, because the JDK multiplies signed numbers only
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
	 * Adds a row that is newer than any other of its id.
	 * @param id its id
	 * @param row the row, whose id is in the blocks already
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
	 * Reserves links of rows below {@code rows} to the rows that they replace, so that
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
