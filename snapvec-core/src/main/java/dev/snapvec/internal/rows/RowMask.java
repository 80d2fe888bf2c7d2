package dev.snapvec.internal.rows;

import java.util.Collection;

import dev.snapvec.internal.code.Groups;
import org.jspecify.annotations.Nullable;

/**
 * A bit set of live rows of one view: those that a search may return. Immutable and
 * thread-safe.
 */
public final class RowMask {

	private final long[] words;

	private final int size;

	private volatile boolean @Nullable [] lists;

	RowMask(long[] words, int size) {
		this.words = words;
		this.size = size;
	}

	/**
	 * @param view the view to look the ids up in
	 * @param ids ids, in the view or not
	 * @return the live rows that have one of the ids
	 */
	public static RowMask of(View view, Collection<RowId> ids) {
		long[] words = new long[groups(view)];
		int size = 0;
		for (RowId id : ids) {
			int row = view.rowOf(id);
			if (row != IdLookup.NONE && (words[row / Groups.GROUP] & (1L << row)) == 0) {
				words[row / Groups.GROUP] |= 1L << row;
				size++;
			}
		}
		return new RowMask(words, size);
	}

	/**
	 * @param view the view to look the ids up in
	 * @param ids ids, in the view or not
	 * @return the live rows that have none of the ids
	 */
	public static RowMask not(View view, Collection<RowId> ids) {
		RowMask excluded = of(view, ids);
		long[] words = excluded.words;
		for (int g = 0; g < words.length; g++) {
			words[g] = view.liveWord(g) & ~words[g];
		}
		return new RowMask(words, view.size() - excluded.size);
	}

	private static int groups(View view) {
		return Groups.groups(view.count());
	}

	/**
	 * @return number of rows
	 */
	public int size() {
		return this.size;
	}

	/**
	 * @param group a group of 64 rows
	 * @return a bit for each row of this mask, the lowest for the first
	 */
	public long word(int group) {
		return this.words[group];
	}

	/**
	 * Returns which lists hold a row of this mask. Computed once and cached.
	 * @param view the view of the mask, of a partitioned layout
	 * @return for each list whether it holds one; must not be changed
	 */
	public boolean[] lists(View view) {
		boolean[] lists = this.lists;
		if (lists == null) {
			lists = listsOf(view);
			this.lists = lists;
		}
		return lists;
	}

	private boolean[] listsOf(View view) {
		int[] offsets = view.listOffsets();
		boolean[] lists = new boolean[offsets.length - 1];
		for (int list = 0; list < lists.length; list++) {
			lists[list] = anyOf(offsets[list], offsets[list + 1]);
		}
		for (int g = view.sorted() / Groups.GROUP; g < this.words.length; g++) {
			for (long rows = this.words[g] & range(g, view.sorted(), view.count()); rows != 0; rows &= rows - 1) {
				lists[view.list(g * Groups.GROUP + Long.numberOfTrailingZeros(rows))] = true;
			}
		}
		return lists;
	}

	/** Whether the mask has any of the rows [from, to). */
	private boolean anyOf(int from, int to) {
		for (int g = from / Groups.GROUP; g * Groups.GROUP < to; g++) {
			if ((this.words[g] & range(g, from, to)) != 0) {
				return true;
			}
		}
		return false;
	}

	/**
	 * @param group a group of 64 rows
	 * @param from the first row of a range
	 * @param to the row behind its last
	 * @return a bit for each row of the group in the range
	 */
	public static long range(int group, int from, int to) {
		int first = group * Groups.GROUP;
		long word = -1L;
		if (from > first) {
			word &= (from - first < Long.SIZE) ? -1L << (from - first) : 0;
		}
		if (to < first + Groups.GROUP) {
			word &= (to > first) ? -1L >>> (first + Groups.GROUP - to) : 0;
		}
		return word;
	}

}
