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
	 * @param batches the rows, in total one per id; a number that one has is greater than
	 * 0, and no live row has it
	 * @return the numbers of the rows that were replaced
	 */
	public long[] put(List<RowId> ids, List<EncodedRows> batches) {
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
		int numbered = batches.stream().mapToInt((batch) -> batch.numbers().length).sum();
		RowBlock[] blocks = withRoomFor(view.blocks(), view.count(), count, this.layout.partitioned(), numbered > 0);
		int row = view.count();
		for (EncodedRows batch : batches) {
			row = write(blocks, row, batch);
		}
		for (int i = 0; i < ids.size(); i++) {
			writeId(blocks, view.count() + i, ids.get(i));
		}
		LiveRows live = view.live().without(replaced, replacedCount);
		long[] gone = numbers(view, replaced, replacedCount);
		IdTable table = view.ids().withRoomFor(ids.size(), blocks);
		NumberTable numbers = view.numbers().table().withRoomFor(numbered, view);
		// only the id of a dead row may be in the table already
		if (live.deadCount() > 0) {
			table.reservePredecessors(count);
		}
		for (int i = 0; i < ids.size(); i++) {
			table.put(ids.get(i), view.count() + i, blocks);
		}
		long newest = put(batches, view, numbers);
		this.view = new View(this.layout, blocks, count, view.listOffsets(), live, table,
				new RowNumbers(numbers, newest));
		return gone;
	}

	/** Adds new rows to the table of numbers, and returns the highest number. */
	private static long put(List<EncodedRows> batches, View view, NumberTable table) {
		long newest = view.newestNumber();
		int first = view.count();
		for (EncodedRows batch : batches) {
			for (int i = 0; i < batch.numbers().length; i++) {
				newest = Math.max(newest, batch.numbers()[i]);
				table.put(batch.numbers()[i], first + i);
			}
			first += batch.size();
		}
		return newest;
	}

	/** The numbers of the first {@code count} of some rows, of those that have one. */
	private static long[] numbers(View view, int[] rows, int count) {
		if (!view.isNumbered()) {
			return EncodedRows.NO_NUMBERS;
		}
		return Arrays.stream(rows, 0, count).mapToLong(view::number).filter((number) -> number != 0).toArray();
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
	 * @return the numbers that they had
	 */
	public long[] remove(int[] rows) {
		View view = this.view;
		long[] gone = numbers(view, rows, rows.length);
		this.view = new View(this.layout, view.blocks(), view.count(), view.listOffsets(),
				view.live().without(rows, rows.length), view.ids(), view.numbers());
		return gone;
	}

	/**
	 * Gives live rows other numbers, as rows that replace them: an earlier view keeps the
	 * old ones.
	 * @param rows live rows of the current view, no two equal
	 * @param numbers their new numbers, greater than 0, which no live row has
	 * @return the numbers that they had
	 */
	public long[] renumber(int[] rows, long[] numbers) {
		View view = this.view;
		EncodedRows copies = view.encoded(rows, rows.length);
		copies.numbers(numbers, 0);
		return put(Arrays.stream(rows).mapToObj(view::rowId).toList(), List.of(copies));
	}

	/**
	 * Declares numbers as given, though no row may have them any more.
	 * @param newest the highest of them
	 */
	public void numbersUpTo(long newest) {
		View view = this.view;
		if (newest > view.newestNumber()) {
			this.view = view.with(new RowNumbers(view.numbers().table(), newest));
		}
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
		boolean numbered = view.isNumbered();
		EncodedRows batch = new EncodedRows(this.layout, Math.min(Compaction.STEP, count), numbered);
		for (int from = 0; from < count; from += Compaction.STEP) {
			if (Groups.inBlock(from) == 0) {
				blocks[Groups.block(from)] = RowBlock.allocate(this.layout, Math.min(Groups.BLOCK, count - from), false,
						numbered);
			}
			int copied = order.copy(from, batch);
			blocks[Groups.block(from)].put(Groups.inBlock(from), batch, 0, copied);
			for (int i = from; i < from + copied; i++) {
				writeId(blocks, i, order.rowId(i));
			}
			pause.run();
		}
		IdLookup ids = (more > 0) ? IdTable.of(blocks, count, more) : PackedIdTable.of(blocks, count, pause);
		View compacted = new View(this.layout, blocks, count, order.listOffsets(), LiveRows.ALL, ids, RowNumbers.NONE);
		return compacted.with(new RowNumbers(NumberTable.of(compacted, more, pause), view.newestNumber()));
	}

	private View trimmed(View view) {
		RowBlock[] blocks = view.blocks().clone();
		for (int b = 0; b < blocks.length; b++) {
			RowBlock block = blocks[b];
			blocks[b] = block.withRoomFor(Math.min(Groups.BLOCK, view.count() - b * Groups.BLOCK), block.hasLists(),
					block.hasNumbers());
		}
		return new View(this.layout, blocks, view.count(), view.listOffsets(), view.live(),
				(view.ids() instanceof PackedIdTable table) ? table : PackedIdTable.of(blocks, view.count(), () -> {
				}), new RowNumbers(view.numbers().table().trimmed(view), view.newestNumber()));
	}

	/** The blocks, with the last ones grown or new, so that {@code to} rows fit. */
	private RowBlock[] withRoomFor(RowBlock[] blocks, int from, int to, boolean lists, boolean numbers) {
		RowBlock[] grown = Arrays.copyOf(blocks, Groups.blocks(to));
		for (int b = Groups.block(from); b < grown.length; b++) {
			int needed = Math.min(Groups.BLOCK, to - b * Groups.BLOCK);
			RowBlock block = grown[b];
			if (block == null) {
				grown[b] = RowBlock.allocate(this.layout, needed, lists, numbers);
			}
			else if (block.capacity() < needed) {
				grown[b] = block.withRoomFor(Math.min(Groups.BLOCK, Math.max(needed, block.capacity() * 2)), lists,
						numbers);
			}
			else if (lists && !block.hasLists()) {
				grown[b] = block.withRoomFor(block.capacity(), true, numbers);
			}
			else if (numbers) {
				grown[b] = block.withNumbers();
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
