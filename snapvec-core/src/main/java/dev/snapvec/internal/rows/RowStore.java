package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.snapvec.internal.code.Groups;

/**
 * The rows of an index: one {@link View} at a time, published by one volatile write. See
 * docs/adr/0001-blocks-and-views.md.
 * <p>
 * Any thread may read the {@link #view()}. All other methods are for one writer at a
 * time; each either publishes one new view, or throws and leaves the published one.
 */
public final class RowStore {

	/** Compaction is worthwhile if more than one in this many rows is dead. */
	private static final int DEAD_SHARE = 4;

	/**
	 * Or if there is more than one tail row, which a search scans whatever its list, per
	 * this many sorted ones.
	 */
	private static final int TAIL_SHARE = 8;

	/** But not for less than a block of rows. */
	private static final int LEAST = Groups.BLOCK;

	private final RowLayout layout;

	private volatile View view;

	/**
	 * @param layout the parts of a row
	 * @param lists number of inverted lists, if the layout is partitioned
	 */
	public RowStore(RowLayout layout, int lists) {
		this.layout = layout;
		this.view = View.empty(layout, lists);
	}

	RowStore(View view) {
		this.layout = view.layout();
		this.view = view;
	}

	public View view() {
		return this.view;
	}

	/**
	 * Adds rows, each replacing the live row of the same id, if any.
	 * @param ids their ids, no two equal
	 * @param batches the rows, in total one per id
	 */
	public void put(List<RowId> ids, List<EncodedRows> batches) {
		View view = this.view;
		int count = count(view, ids.size());
		int[] replaced = new int[ids.size()];
		int replacedCount = 0;
		for (RowId id : ids) {
			int row = view.rowOf(id);
			if (row != IdLookup.NONE) {
				replaced[replacedCount++] = row;
			}
		}
		RowBlock[] blocks = withRoomFor(view.blocks(), view.count(), count, this.layout.partitioned());
		int row = view.count();
		for (EncodedRows batch : batches) {
			row = write(blocks, row, batch);
		}
		for (int i = 0; i < ids.size(); i++) {
			writeId(blocks, view.count() + i, ids.get(i));
		}
		LiveRows live = view.live().without(replaced, replacedCount);
		IdTable table = view.ids().withRoomFor(ids.size(), blocks);
		// only the id of a dead row may be in the table already
		if (live.deadCount() > 0) {
			table.reservePredecessors(count);
		}
		for (int i = 0; i < ids.size(); i++) {
			table.put(ids.get(i), view.count() + i, blocks);
		}
		this.view = new View(this.layout, blocks, count, view.listOffsets(), live, table);
	}

	private static int count(View view, int more) {
		long count = (long) view.count() + more;
		if (count > Groups.MOST_ROWS) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"the index holds %d rows, %d of them deleted, and cannot hold %d more: the maximum is %d",
					view.count(), view.dead(), more, Groups.MOST_ROWS));
		}
		return (int) count;
	}

	/**
	 * Removes rows.
	 * @param rows live rows of the current view, no two equal
	 */
	public void remove(int[] rows) {
		View view = this.view;
		this.view = new View(this.layout, view.blocks(), view.count(), view.listOffsets(),
				view.live().without(rows, rows.length), view.ids());
	}

	/**
	 * Returns whether so many rows are dead or unsorted that a compaction is worthwhile.
	 * Safe for concurrent use.
	 * @return whether to compact
	 */
	public boolean isWorthCompacting() {
		View view = this.view;
		return view.dead() > Math.max(LEAST, view.count() / DEAD_SHARE)
				|| view.tail() > Math.max(LEAST, view.sorted() / TAIL_SHARE);
	}

	/**
	 * Frees spare capacity, if nothing else is to be compacted.
	 * @return whether nothing else is to be compacted
	 */
	public boolean trim() {
		View view = this.view;
		if (view.dead() > 0 || view.tail() > 0) {
			return false;
		}
		this.view = trimmed(view);
		return true;
	}

	/**
	 * Starts a compaction concurrently with the writer, the only one of this store until
	 * it ends.
	 * @param pause is run every few rows, so that other threads can run
	 * @param more number of rows expected to be added, 0 for an id table of the least
	 * memory: then the first addition waits until a larger table is built
	 * @return the live rows of the current view, sorted by list, in blocks of their own
	 */
	public Compaction compaction(Runnable pause, int more) {
		return new Compaction(this, pause, more);
	}

	/** Replaces the current view by one with the same live rows. */
	void publish(View view) {
		this.view = view;
	}

	View compacted(View view, Runnable pause, int more) {
		RowOrder order = RowOrder.of(view);
		int count = order.size();
		RowBlock[] blocks = new RowBlock[Groups.blocks(count)];
		EncodedRows batch = new EncodedRows(this.layout, Math.min(Compaction.STEP, count));
		for (int from = 0; from < count; from += Compaction.STEP) {
			if (Groups.inBlock(from) == 0) {
				blocks[Groups.block(from)] = RowBlock.allocate(this.layout, Math.min(Groups.BLOCK, count - from),
						false);
			}
			int copied = order.copy(from, batch);
			blocks[Groups.block(from)].put(Groups.inBlock(from), batch, 0, copied);
			for (int i = from; i < from + copied; i++) {
				writeId(blocks, i, order.rowId(i));
			}
			pause.run();
		}
		IdLookup ids = (more > 0) ? IdTable.of(blocks, count, more) : PackedIdTable.of(blocks, count, pause);
		return new View(this.layout, blocks, count, order.listOffsets(), LiveRows.ALL, ids);
	}

	private View trimmed(View view) {
		RowBlock[] blocks = view.blocks().clone();
		for (int b = 0; b < blocks.length; b++) {
			RowBlock block = blocks[b];
			blocks[b] = block.withRoomFor(Math.min(Groups.BLOCK, view.count() - b * Groups.BLOCK), block.hasLists());
		}
		return new View(this.layout, blocks, view.count(), view.listOffsets(), view.live(),
				(view.ids() instanceof PackedIdTable table) ? table : PackedIdTable.of(blocks, view.count(), () -> {
				}));
	}

	/** The blocks, with the last ones grown or new, so that {@code to} rows fit. */
	private RowBlock[] withRoomFor(RowBlock[] blocks, int from, int to, boolean lists) {
		RowBlock[] grown = Arrays.copyOf(blocks, Groups.blocks(to));
		for (int b = Groups.block(from); b < grown.length; b++) {
			int needed = Math.min(Groups.BLOCK, to - b * Groups.BLOCK);
			RowBlock block = grown[b];
			if (block == null) {
				grown[b] = RowBlock.allocate(this.layout, needed, lists);
			}
			else if (block.capacity() < needed) {
				grown[b] = block.withRoomFor(Math.min(Groups.BLOCK, Math.max(needed, block.capacity() * 2)), lists);
			}
			else if (lists && !block.hasLists()) {
				grown[b] = block.withRoomFor(block.capacity(), true);
			}
		}
		return grown;
	}

	private static int write(RowBlock[] blocks, int row, EncodedRows batch) {
		int done = 0;
		while (done < batch.size()) {
			int at = Groups.inBlock(row + done);
			int count = Math.min(batch.size() - done, Groups.BLOCK - at);
			blocks[Groups.block(row + done)].put(at, batch, done, count);
			done += count;
		}
		return row + done;
	}

	private static void writeId(RowBlock[] blocks, int row, RowId id) {
		int block = Groups.block(row);
		blocks[block] = blocks[block].withId(Groups.inBlock(row), id);
	}

}
