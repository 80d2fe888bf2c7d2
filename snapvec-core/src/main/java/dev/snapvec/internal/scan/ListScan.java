package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rows that the first pass of a search scans: all, or those of the lists to
 * probe. Not thread-safe.
 */
final class ListScan {

	/**
	 * Number of best lists to scan before the others, so that a threshold is known early.
	 */
	private static final int FIRST_LISTS = 8;

	private final SearchPlan plan;

	private final Candidates candidates;

	private final GroupScan groups;

	/** The lists to probe, selected like rows. */
	private final Candidates lists;

	private boolean[] probed = {};

	/**
	 * @param candidates receives the rows that the groups offer
	 * @param groups scans the chosen rows
	 */
	ListScan(Kernel kernel, SearchPlan plan, Candidates candidates, GroupScan groups) {
		this.plan = plan;
		this.candidates = candidates;
		this.groups = groups;
		this.lists = new Candidates(kernel);
	}

	/** Frees memory that only searches of very many lists need. */
	void trim() {
		this.lists.trim();
	}

	/**
	 * Scans the rows of a view.
	 * @param view the rows
	 * @param filter the rows that may be found, or null for all
	 * @param k number of rows to find
	 */
	void scan(View view, @Nullable RowMask filter, int k) {
		if (this.plan.partitioned()) {
			scanLists(view, filter, k);
			return;
		}
		scan(view, 0, view.count(), GroupScan.NO_LIST, filter);
		this.groups.flush(view);
	}

	private void scanLists(View view, @Nullable RowMask filter, int k) {
		int count = this.plan.lists();
		if (this.probed.length < count) {
			this.probed = new boolean[count];
		}
		Arrays.fill(this.probed, 0, count, false);
		if (filter != null) {
			scanAllowedLists(view, filter, k);
			return;
		}
		rankLists(this.plan.nprobe(), null);
		this.lists.narrow();
		probe(true);
		this.lists.narrow(FIRST_LISTS);
		probe(false);
		for (int i = 0; i < this.lists.size(); i++) {
			scanList(view, this.lists.row(i), null);
		}
		this.groups.flush(view);
		this.candidates.narrow();
		scanProbed(view, null);
		probe(true);
		scanTail(view, null);
	}

	/**
	 * With a filter, lists without an allowed row do not count as probed, and more than
	 * nprobe lists are probed as long as fewer than k rows were found.
	 */
	private void scanAllowedLists(View view, RowMask filter, int k) {
		boolean[] allowed = filter.lists(view);
		rankLists(allowed.length, allowed);
		this.lists.rank();
		int scanned = 0;
		while (scanned < this.lists.size() && (scanned == 0 || this.candidates.size() < k)) {
			int until = Math.min(Math.max(this.plan.nprobe(), scanned + 1), this.lists.size());
			for (int i = scanned; i < until; i++) {
				this.probed[this.lists.row(this.lists.ranked(i))] = true;
			}
			scanProbed(view, filter);
			scanTail(view, filter);
			Arrays.fill(this.probed, 0, allowed.length, false);
			scanned = until;
		}
	}

	private void rankLists(int wanted, boolean @Nullable [] allowed) {
		this.lists.reset(wanted);
		float[] ranks = this.plan.listRanks();
		for (int list = 0; list < this.plan.lists(); list++) {
			if (allowed == null || allowed[list]) {
				this.lists.offer(list, ranks[list], ranks[list]);
			}
		}
	}

	private void probe(boolean probed) {
		for (int i = 0; i < this.lists.size(); i++) {
			this.probed[this.lists.row(i)] = probed;
		}
	}

	/**
	 * Scans the lists in the order of their rows, because neighbouring lists share
	 * groups.
	 */
	private void scanProbed(View view, @Nullable RowMask filter) {
		for (int list = 0; list < view.listOffsets().length - 1; list++) {
			if (this.probed[list]) {
				scanList(view, list, filter);
			}
		}
		this.groups.flush(view);
	}

	private void scanList(View view, int list, @Nullable RowMask filter) {
		scan(view, view.listOffsets()[list], view.listOffsets()[list + 1], list, filter);
	}

	/** Scans the tail, whose rows are not sorted into lists. */
	private void scanTail(View view, @Nullable RowMask filter) {
		if (view.count() > view.sorted()) {
			scan(view, view.sorted(), view.count(), GroupScan.OWN_LISTS, filter);
			this.groups.flush(view);
		}
	}

	/** Adds the live and allowed rows of [from, to), group by group. */
	private void scan(View view, int from, int to, int list, @Nullable RowMask filter) {
		for (int group = from / Groups.GROUP; group * Groups.GROUP < to; group++) {
			long rows = view.liveWord(group) & RowMask.range(group, from, to);
			if (filter != null) {
				rows &= filter.word(group);
			}
			if (list == GroupScan.OWN_LISTS) {
				rows = probedRows(view, group, rows);
			}
			if (rows != 0) {
				this.groups.add(view, group, rows, list);
			}
		}
	}

	private long probedRows(View view, int group, long mask) {
		int first = group * Groups.GROUP;
		int[] lists = view.block(first).lists();
		long probed = 0;
		for (long rest = mask; rest != 0; rest &= rest - 1) {
			int i = Long.numberOfTrailingZeros(rest);
			if (this.probed[lists[Groups.inBlock(first) + i]]) {
				probed |= 1L << i;
			}
		}
		return probed;
	}

}
