package dev.snapvec.internal.scan;

import java.lang.ref.SoftReference;
import java.util.Arrays;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best rows of a view for a prepared query, and holds the memory that takes.
 * Confined to one thread at a time; {@link SearcherPool} hands it out.
 */
public final class Searcher {

	/** Lists to scan before others, so that a threshold is known early. */
	private static final int FIRST_LISTS = 8;

	/** Rows to confirm at once: as many as a vector holds. */
	private static final int CONFIRMED = 16;

	private final PreparedQuery query = new PreparedQuery();

	private final Candidates candidates;

	private final GroupScan groups;

	private final TableScorer byTables;

	private final Float16Scorer byFloat16;

	private final TopK top = new TopK();

	/** Lists to scan, as if they were rows. */
	private final Candidates lists;

	private final int[] confirmed = new int[CONFIRMED];

	/** Exact scores of rows. */
	private float[] scores = new float[CONFIRMED];

	private boolean[] probed = {};

	private @Nullable SoftReference<Searcher> reference;

	public Searcher() {
		this(Kernels.CURRENT);
	}

	Searcher(Kernel kernel) {
		this.candidates = new Candidates(kernel);
		this.lists = new Candidates(kernel);
		this.groups = new GroupScan(kernel, this.query, this.candidates);
		this.byTables = new TableScorer(kernel, this.query);
		this.byFloat16 = new Float16Scorer(kernel.ops());
	}

	/** Always the same, so that a search need not make one. */
	SoftReference<Searcher> reference() {
		SoftReference<Searcher> reference = this.reference;
		if (reference == null) {
			reference = new SoftReference<>(this);
			this.reference = reference;
		}
		return reference;
	}

	/** Drops what only searches for very many rows need. */
	void trim() {
		this.candidates.trim();
		this.lists.trim();
		this.top.trim();
		if (this.scores.length > Candidates.KEPT) {
			this.scores = new float[CONFIRMED];
		}
	}

	/**
	 * @return the query to prepare for the next {@link #search}
	 */
	public PreparedQuery newQuery() {
		this.query.reset();
		return this.query;
	}

	/**
	 * Runs the prepared query.
	 * @param view the rows
	 * @param filter the rows that may be found, or null for all
	 * @param k how many to find
	 * @return the best rows, best first; valid until the next search
	 */
	public TopK search(View view, @Nullable RowMask filter, int k) {
		this.candidates.reset(Math.max(this.query.pool(), k));
		this.groups.begin(this.query.firstStage());
		if (this.query.partitioned()) {
			scanLists(view, filter, k);
		}
		else {
			scan(view, 0, view.count(), GroupScan.NO_LIST, filter);
			this.groups.flush(view);
		}
		this.candidates.narrow();
		float[] vector = this.query.vector();
		if (vector != null) {
			return rescored(view, this.byFloat16.of(vector, this.query.normed()), k);
		}
		RowScorer exact = this.byTables.of(this.query.allPlanes());
		if (this.query.firstPlaneAlone()) {
			return rescored(view, exact, k);
		}
		return confirmed(view, exact, k);
	}

	/** Scores all candidates again. */
	private TopK rescored(View view, RowScorer scorer, int k) {
		int size = this.candidates.size();
		this.top.reset(Math.max(Math.min(k, size), 1));
		if (this.scores.length < size) {
			this.scores = new float[size];
		}
		scorer.score(view, this.candidates.rows(), size, this.scores);
		for (int i = 0; i < size; i++) {
			this.top.offer(this.candidates.row(i), this.scores[i]);
		}
		this.top.sort();
		return this.top;
	}

	/** Scores candidates exactly, until no other can be better. */
	private TopK confirmed(View view, RowScorer exact, int k) {
		int size = this.candidates.size();
		this.top.reset(Math.max(Math.min(k, size), 1));
		this.candidates.rank();
		int next = 0;
		while (next < size && this.candidates.upper(this.candidates.ranked(next)) >= this.top.threshold()) {
			int count = Math.min(CONFIRMED, size - next);
			for (int i = 0; i < count; i++) {
				this.confirmed[i] = this.candidates.row(this.candidates.ranked(next + i));
			}
			exact.score(view, this.confirmed, count, this.scores);
			for (int i = 0; i < count; i++) {
				this.top.offer(this.confirmed[i], this.scores[i]);
			}
			next += count;
		}
		this.top.sort();
		return this.top;
	}

	/** Scans the best lists. */
	private void scanLists(View view, @Nullable RowMask filter, int k) {
		int count = this.query.lists();
		if (this.probed.length < count) {
			this.probed = new boolean[count];
		}
		Arrays.fill(this.probed, 0, count, false);
		if (filter != null) {
			scanAllowedLists(view, filter, k);
			return;
		}
		rankLists(this.query.nprobe(), null);
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
	 * nprobe are scanned while fewer than k rows were found.
	 */
	private void scanAllowedLists(View view, RowMask filter, int k) {
		boolean[] allowed = filter.lists(view);
		rankLists(allowed.length, allowed);
		this.lists.rank();
		int scanned = 0;
		while (scanned < this.lists.size() && (scanned == 0 || this.candidates.size() < k)) {
			int until = Math.min(Math.max(this.query.nprobe(), scanned + 1), this.lists.size());
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
		float[] ranks = this.query.listRanks();
		for (int list = 0; list < this.query.lists(); list++) {
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

	/** In the order of their rows, since lists share groups. */
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

	/** Scans the rows that are not in the order of lists. */
	private void scanTail(View view, @Nullable RowMask filter) {
		if (view.count() > view.sorted()) {
			scan(view, view.sorted(), view.count(), GroupScan.OWN_LISTS, filter);
			this.groups.flush(view);
		}
	}

	/** Takes rows [from, to) that are live and allowed, group by group. */
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
