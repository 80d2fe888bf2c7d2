package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best rows of a view for a prepared query, and holds the memory that takes.
 * Confined to one thread at a time; {@link SearcherPool} hands it out.
 */
public final class Searcher {

	/** Groups scored at a time: their scores stay in the first-level cache. */
	private static final int RUN = 16;

	/** In place of a list's number: rows belong to none. */
	private static final int NO_LIST = -1;

	/** In place of a list's number: each row names its own. */
	private static final int TAIL = -2;

	private static final float[] NO_FACTORS = {};

	private final Kernel kernel;

	private final PreparedQuery query = new PreparedQuery();

	private final TopK top = new TopK();

	private final TopK rescored = new TopK();

	private final float[] scores = new float[RUN * RowBlock.GROUP];

	private final float[] secondScores = new float[RUN * RowBlock.GROUP];

	private final float[] factors = new float[RUN * RowBlock.GROUP];

	private final long[] masks = new long[RUN];

	/** How far estimates of the first plane, and of the second, may be too low. */
	private final float[] slack = new float[2];

	private TableScorer exact = new TableScorer(this.query, 0, false, false);

	private boolean[] probed = {};

	public Searcher() {
		this(Kernels.CURRENT);
	}

	Searcher(Kernel kernel) {
		this.kernel = kernel;
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
		RowScorer rescorer = this.query.rescorer();
		int wanted = Math.min(view.size(), (rescorer != null) ? Math.max(this.query.pool(), k) : k);
		this.top.reset(Math.max(wanted, 1));
		prepare();
		if (this.query.partitioned()) {
			scanLists(view, filter, k);
		}
		else {
			scan(view, 0, view.count(), NO_LIST, filter);
		}
		this.top.sort();
		return (rescorer != null) ? rescore(view, rescorer, k) : this.top;
	}

	private void prepare() {
		for (int p = 0; p < this.query.scannedPlanes(); p++) {
			this.slack[p] = this.kernel.prepare(this.query.tables(p));
		}
		this.exact = new TableScorer(this.query, this.query.scannedPlanes(), this.query.scaled(), this.query.normed());
	}

	private TopK rescore(View view, RowScorer rescorer, int k) {
		this.rescored.reset(Math.max(Math.min(k, this.top.size()), 1));
		for (int i = 0; i < this.top.size(); i++) {
			int row = this.top.row(i);
			this.rescored.offer(row, rescorer.score(view, row));
		}
		this.rescored.sort();
		return this.rescored;
	}

	/**
	 * Scans the best lists. With a filter, lists without an allowed row do not count as
	 * probed, and more than nprobe are scanned while fewer than k rows were found.
	 */
	private void scanLists(View view, @Nullable RowMask filter, int k) {
		int[] offsets = view.listOffsets();
		int lists = offsets.length - 1;
		boolean[] allowed = (filter != null) ? listsOf(view, filter) : null;
		if (this.probed.length < lists) {
			this.probed = new boolean[lists];
		}
		Arrays.fill(this.probed, 0, lists, false);
		boolean tail = view.count() > view.sorted();
		int next = 0;
		int count = 0;
		while (next < lists && (count < this.query.nprobe() || (allowed != null && this.top.size() < k))) {
			int round = next;
			while (next < lists && (count < this.query.nprobe() || next == round)) {
				int list = this.query.probes()[next++];
				if (allowed == null || allowed[list]) {
					this.probed[list] = true;
					count++;
					scan(view, offsets[list], offsets[list + 1], list, filter);
				}
			}
			if (tail) {
				scan(view, view.sorted(), view.count(), TAIL, filter);
				Arrays.fill(this.probed, 0, lists, false);
			}
		}
	}

	private static boolean[] listsOf(View view, RowMask filter) {
		boolean[] lists = new boolean[view.listOffsets().length - 1];
		for (int g = 0; g * RowBlock.GROUP < view.count(); g++) {
			for (long word = filter.word(g); word != 0; word &= word - 1) {
				lists[view.list(g * RowBlock.GROUP + Long.numberOfTrailingZeros(word))] = true;
			}
		}
		return lists;
	}

	/**
	 * Scores rows [from, to) that are live and allowed, in runs of groups of one block.
	 */
	private void scan(View view, int from, int to, int list, @Nullable RowMask filter) {
		int group = from / RowBlock.GROUP;
		int end = (to + RowBlock.GROUP - 1) / RowBlock.GROUP;
		while (group < end) {
			int first = group;
			int blockEnd = Math.min(end,
					(first / (RowBlock.ROWS / RowBlock.GROUP) + 1) * (RowBlock.ROWS / RowBlock.GROUP));
			int run = 0;
			while (group < blockEnd && run < RUN) {
				long mask = view.liveWord(group) & RowMask.range(group, from, to);
				if (filter != null) {
					mask &= filter.word(group);
				}
				if (list == TAIL) {
					mask = probedRows(view, group, mask);
				}
				if (mask == 0 && run == 0) {
					first = ++group;
					continue;
				}
				if (mask == 0) {
					break;
				}
				this.masks[run++] = mask;
				group++;
			}
			if (run > 0) {
				score(view, first, run, list);
			}
		}
	}

	private long probedRows(View view, int group, long mask) {
		int first = group * RowBlock.GROUP;
		int[] lists = view.block(first).lists();
		long probed = 0;
		for (long rest = mask; rest != 0; rest &= rest - 1) {
			int i = Long.numberOfTrailingZeros(rest);
			if (this.probed[lists[first % RowBlock.ROWS + i]]) {
				probed |= 1L << i;
			}
		}
		return probed;
	}

	private void score(View view, int group, int run, int list) {
		int firstRow = group * RowBlock.GROUP;
		RowBlock block = view.block(firstRow);
		int inBlock = firstRow % RowBlock.ROWS;
		this.kernel.score(this.query.tables(0), block.codes(0), inBlock / RowBlock.GROUP, run, this.scores);
		float slack = this.slack[0];
		if (this.query.scannedPlanes() > 1) {
			addSecondPlane(block, inBlock, run);
			slack += block.floats(FloatColumn.WEIGHT).length > 0 ? 0 : this.slack[1];
		}
		if (list == TAIL) {
			addListScores(block, inBlock, run);
		}
		float base = (list >= 0) ? this.query.listScores()[list] : 0;
		float[] factors = NO_FACTORS;
		int factorsAt = 0;
		if (this.query.scaled() && !this.query.normed()) {
			factors = block.floats(FloatColumn.SCALE);
			factorsAt = inBlock;
		}
		else if (this.query.normed()) {
			multiplyFactors(block, inBlock, run);
			factors = this.factors;
		}
		boolean estimatesSuffice = this.query.rescorer() != null;
		for (int g = 0; g < run; g++) {
			int at = g * RowBlock.GROUP;
			long selected = this.masks[g] & this.kernel.select(this.scores, at, base, factors, factorsAt + at,
					estimatesSuffice ? 0 : slack, this.top.threshold());
			for (; selected != 0; selected &= selected - 1) {
				int i = at + Long.numberOfTrailingZeros(selected);
				int row = firstRow + i;
				this.top.offer(row, estimatesSuffice ? this.scores[i] : this.exact.score(view, row));
			}
		}
	}

	private void multiplyFactors(RowBlock block, int inBlock, int run) {
		float[] scales = block.floats(FloatColumn.SCALE);
		float[] norms = block.floats(FloatColumn.NORM);
		for (int i = 0; i < run * RowBlock.GROUP; i++) {
			this.factors[i] = this.query.scaled() ? scales[inBlock + i] * norms[inBlock + i] : norms[inBlock + i];
		}
	}

	private void addListScores(RowBlock block, int inBlock, int run) {
		for (int i = 0; i < run * RowBlock.GROUP; i++) {
			this.scores[i] += this.query.listScores()[block.lists()[inBlock + i]];
		}
	}

	private void addSecondPlane(RowBlock block, int inBlock, int run) {
		this.kernel.score(this.query.tables(1), block.codes(1), inBlock / RowBlock.GROUP, run, this.secondScores);
		float[] weights = block.floats(FloatColumn.WEIGHT);
		for (int i = 0; i < run * RowBlock.GROUP; i++) {
			this.scores[i] += (weights.length > 0) ? weights[inBlock + i] * (this.secondScores[i] + this.slack[1])
					: this.secondScores[i];
		}
	}

}
