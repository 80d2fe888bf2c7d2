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

	/** In place of a list's number: rows belong to none, or name theirs. */
	private static final int NO_LIST = -1;

	private static final int GROUPS_PER_BLOCK = RowBlock.ROWS / RowBlock.GROUP;

	private static final float[] NO_FACTORS = {};

	private final Kernel kernel;

	private final PreparedQuery query = new PreparedQuery();

	private final TopK top = new TopK();

	private final TopK rescored = new TopK();

	private final float[] scores = new float[RUN * RowBlock.GROUP];

	private final float[] secondScores = new float[RUN * RowBlock.GROUP];

	private final float[] factors = new float[RUN * RowBlock.GROUP];

	/**
	 * The groups of the run, numbered within one block, and which of their rows count.
	 */
	private final int[] groups = new int[RUN];

	private final long[] masks = new long[RUN];

	private int run;

	private int block;

	/** Which scores of the run belong to which list. */
	private final int[] segmentFrom = new int[RUN * RowBlock.GROUP];

	private final int[] segmentTo = new int[RUN * RowBlock.GROUP];

	private final int[] segmentLists = new int[RUN * RowBlock.GROUP];

	private int segments;

	/** Whether the run is of rows that name their lists. */
	private boolean tail;

	private final TopK best = new TopK();

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
			flush(view);
		}
		this.top.sort();
		return (rescorer != null) ? rescore(view, rescorer, k) : this.top;
	}

	/** Also forgets what a search that threw may have left. */
	private void prepare() {
		this.run = 0;
		this.segments = 0;
		this.tail = false;
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
	 * Scans the best lists, in the order of their rows. With a filter, lists without an
	 * allowed row do not count as probed, and more than nprobe are scanned while fewer
	 * than k rows were found.
	 */
	private void scanLists(View view, @Nullable RowMask filter, int k) {
		int lists = this.query.lists();
		if (this.probed.length < lists) {
			this.probed = new boolean[lists];
		}
		Arrays.fill(this.probed, 0, lists, false);
		boolean[] allowed = (filter != null) ? listsOf(view, filter) : null;
		this.best.reset((filter != null) ? lists : Math.min(this.query.nprobe(), lists));
		for (int list = 0; list < lists; list++) {
			if (allowed == null || allowed[list]) {
				this.best.offer(list, this.query.listRanks()[list]);
			}
		}
		this.best.sort();
		int first = Math.min(this.query.nprobe(), this.best.size());
		for (int i = 0; i < first; i++) {
			this.probed[this.best.row(i)] = true;
		}
		scanProbed(view, filter);
		for (int i = first; i < this.best.size() && this.top.size() < k; i++) {
			Arrays.fill(this.probed, 0, lists, false);
			this.probed[this.best.row(i)] = true;
			scanProbed(view, filter);
		}
	}

	private void scanProbed(View view, @Nullable RowMask filter) {
		int[] offsets = view.listOffsets();
		for (int list = 0; list < offsets.length - 1; list++) {
			if (this.probed[list]) {
				scan(view, offsets[list], offsets[list + 1], list, filter);
			}
		}
		flush(view);
		if (view.count() > view.sorted()) {
			this.tail = true;
			scan(view, view.sorted(), view.count(), NO_LIST, filter);
			flush(view);
			this.tail = false;
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
	 * Takes rows [from, to) that are live and allowed into the run, group by group. Calls
	 * must come in the order of the rows; a group may take part in several.
	 */
	private void scan(View view, int from, int to, int list, @Nullable RowMask filter) {
		for (int group = from / RowBlock.GROUP; group * RowBlock.GROUP < to; group++) {
			long mask = view.liveWord(group) & RowMask.range(group, from, to);
			if (filter != null) {
				mask &= filter.word(group);
			}
			if (this.tail) {
				mask = probedRows(view, group, mask);
			}
			if (mask != 0) {
				take(view, group, mask);
				if (list != NO_LIST) {
					addSegment(group, from, to, list);
				}
			}
		}
	}

	private void take(View view, int group, long mask) {
		int inBlock = group % GROUPS_PER_BLOCK;
		boolean sameBlock = this.run > 0 && group / GROUPS_PER_BLOCK == this.block;
		if (sameBlock && this.groups[this.run - 1] == inBlock) {
			this.masks[this.run - 1] |= mask;
			return;
		}
		if (!sameBlock || this.run == RUN) {
			flush(view);
		}
		this.block = group / GROUPS_PER_BLOCK;
		this.groups[this.run] = inBlock;
		this.masks[this.run++] = mask;
	}

	/** Notes which scores of the run's last group are of rows of a list. */
	private void addSegment(int group, int from, int to, int list) {
		int at = (this.run - 1) * RowBlock.GROUP;
		int shift = at - group * RowBlock.GROUP;
		this.segmentFrom[this.segments] = Math.max(at, from + shift);
		this.segmentTo[this.segments] = Math.min(at + RowBlock.GROUP, to + shift);
		this.segmentLists[this.segments++] = list;
	}

	/** Scores the run and begins a new one. */
	private void flush(View view) {
		if (this.run > 0) {
			score(view);
		}
		this.run = 0;
		this.segments = 0;
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

	private void score(View view) {
		int firstRow = this.block * RowBlock.ROWS;
		RowBlock block = view.block(firstRow);
		this.kernel.score(this.query.tables(0), block.codes(0), this.groups, this.run, this.scores);
		float slack = this.slack[0];
		if (this.query.scannedPlanes() > 1) {
			addSecondPlane(block);
			slack += (block.floats(FloatColumn.WEIGHT).length > 0) ? 0 : this.slack[1];
		}
		if (this.query.partitioned()) {
			addListScores(block);
		}
		float[] factors = NO_FACTORS;
		if (this.query.normed()) {
			multiplyFactors(block);
			factors = this.factors;
		}
		else if (this.query.scaled()) {
			factors = block.floats(FloatColumn.SCALE);
		}
		boolean estimatesSuffice = this.query.rescorer() != null;
		for (int g = 0; g < this.run; g++) {
			int at = g * RowBlock.GROUP;
			int inBlock = this.groups[g] * RowBlock.GROUP;
			long selected = this.masks[g] & this.kernel.select(this.scores, at, factors,
					(factors == this.factors) ? at : inBlock, estimatesSuffice ? 0 : slack, this.top.threshold());
			for (; selected != 0; selected &= selected - 1) {
				int i = Long.numberOfTrailingZeros(selected);
				int row = firstRow + inBlock + i;
				this.top.offer(row, estimatesSuffice ? this.scores[at + i] : this.exact.score(view, row));
			}
		}
	}

	private void multiplyFactors(RowBlock block) {
		float[] scales = block.floats(FloatColumn.SCALE);
		float[] norms = block.floats(FloatColumn.NORM);
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * RowBlock.GROUP;
			for (int i = 0; i < RowBlock.GROUP; i++) {
				float norm = norms[inBlock + i];
				this.factors[g * RowBlock.GROUP + i] = this.query.scaled() ? scales[inBlock + i] * norm : norm;
			}
		}
	}

	private void addListScores(RowBlock block) {
		float[] listScores = this.query.listScores();
		if (this.tail) {
			for (int g = 0; g < this.run; g++) {
				for (int i = 0; i < RowBlock.GROUP; i++) {
					this.scores[g * RowBlock.GROUP
							+ i] += listScores[block.lists()[this.groups[g] * RowBlock.GROUP + i]];
				}
			}
			return;
		}
		for (int s = 0; s < this.segments; s++) {
			float score = listScores[this.segmentLists[s]];
			for (int i = this.segmentFrom[s]; i < this.segmentTo[s]; i++) {
				this.scores[i] += score;
			}
		}
	}

	private void addSecondPlane(RowBlock block) {
		this.kernel.score(this.query.tables(1), block.codes(1), this.groups, this.run, this.secondScores);
		float[] weights = block.floats(FloatColumn.WEIGHT);
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * RowBlock.GROUP;
			for (int i = 0; i < RowBlock.GROUP; i++) {
				int at = g * RowBlock.GROUP + i;
				this.scores[at] += (weights.length > 0) ? weights[inBlock + i] * (this.secondScores[at] + this.slack[1])
						: this.secondScores[at];
			}
		}
	}

}
