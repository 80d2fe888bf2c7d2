package dev.snapvec.internal.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.snapvec.internal.code.Groups;

/**
 * Copies the live rows of a store to new blocks, without gaps and sorted by list, while
 * readers and the writer of the store continue. Not thread-safe. See
 * docs/adr/0007-background-compaction.md.
 * <p>
 * It is a second store, which starts as the compacted view of the first and follows it:
 * rows deleted or replaced since are removed by their ids, and rows added since that are
 * still live are appended. {@link #catchUp} does that any number of times, concurrently
 * with the writer; {@link #publish} does it a last time, as the writer.
 */
public final class Compaction {

	/** Rows between two pauses; a block is a multiple of it. */
	static final int STEP = Groups.GROUP;

	private final RowStore store;

	private final Runnable pause;

	private final RowStore next;

	/** The view whose live rows the second store has. */
	private View seen;

	Compaction(RowStore store, Runnable pause, int more) {
		this.store = store;
		this.pause = pause;
		this.seen = store.view();
		this.next = new RowStore(store.compacted(this.seen, pause, more));
	}

	/**
	 * Applies the changes since the last call.
	 * @return number of rows added or removed
	 */
	public int catchUp() {
		return catchUp(this.pause);
	}

	private int catchUp(Runnable pause) {
		View now = this.store.view();
		int[] gone = now.live().goneSince(this.seen.live(), this.seen.count());
		for (int from = 0; from < gone.length; from += STEP) {
			remove(Arrays.copyOfRange(gone, from, Math.min(from + STEP, gone.length)));
			pause.run();
		}
		int added = 0;
		for (int from = this.seen.count(); from < now.count(); from += STEP) {
			added += append(now, from, Math.min(from + STEP, now.count()));
			pause.run();
		}
		this.seen = now;
		return gone.length + added;
	}

	private void remove(int[] gone) {
		View view = this.next.view();
		int[] rows = new int[gone.length];
		for (int i = 0; i < gone.length; i++) {
			rows[i] = view.rowOf(this.seen.rowId(gone[i]));
		}
		this.next.remove(rows);
	}

	private int append(View now, int from, int to) {
		List<RowId> ids = new ArrayList<>(to - from);
		int[] rows = new int[to - from];
		for (int row = from; row < to; row++) {
			if (now.live().isLive(row)) {
				rows[ids.size()] = row;
				ids.add(now.rowId(row));
			}
		}
		if (ids.isEmpty()) {
			return 0;
		}
		this.next.put(ids, List.of(now.encoded(rows, ids.size())));
		return ids.size();
	}

	/**
	 * Applies the changes since the last call, and replaces the blocks of the store.
	 * Called as the writer of the store, so without pauses.
	 */
	public void publish() {
		catchUp(() -> {
		});
		View next = this.next.view();
		this.store.publish(next.with(new RowNumbers(next.numbers().table(), this.seen.newestNumber())));
	}

}
