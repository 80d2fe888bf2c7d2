package dev.snapvec.internal.scan;

import java.util.Arrays;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.Plane;
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

	private static final Kernel KERNEL = new ScalarKernel();

	private final PreparedQuery query = new PreparedQuery();

	private final TopK top = new TopK();

	private final TopK rescored = new TopK();

	private final float[] scores = new float[RUN * RowBlock.GROUP];

	private final float[] secondScores = new float[RUN * RowBlock.GROUP];

	private final long[] masks = new long[RUN];

	private boolean[] probed = {};

	/**
	 * @return what scans codes
	 */
	public static String kernel() {
		return KERNEL.name();
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
		if (this.query.partitioned()) {
			scanLists(view, filter, k);
		}
		else {
			scan(view, 0, view.count(), NO_LIST, filter);
		}
		this.top.sort();
		return (rescorer != null) ? rescore(view, rescorer, k) : this.top;
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
		Plane plane = view.layout().planes().get(0);
		KERNEL.score(plane, block.codes(0), inBlock / RowBlock.GROUP, run, this.query.tables(0), this.scores);
		if (this.query.scannedPlanes() > 1) {
			addSecondPlane(view, block, inBlock, run);
		}
		float[] scales = block.floats(FloatColumn.SCALE);
		float[] norms = block.floats(FloatColumn.NORM);
		float threshold = this.top.threshold();
		for (int g = 0; g < run; g++) {
			for (long mask = this.masks[g]; mask != 0; mask &= mask - 1) {
				int i = g * RowBlock.GROUP + Long.numberOfTrailingZeros(mask);
				float score = this.scores[i];
				if (list != NO_LIST) {
					score += this.query.listScores()[(list == TAIL) ? block.lists()[inBlock + i] : list];
				}
				if (this.query.scaled()) {
					score *= scales[inBlock + i];
				}
				if (this.query.normed()) {
					score *= norms[inBlock + i];
				}
				if (score >= threshold) {
					this.top.offer(firstRow + i, score);
					threshold = this.top.threshold();
				}
			}
		}
	}

	private void addSecondPlane(View view, RowBlock block, int inBlock, int run) {
		Plane plane = view.layout().planes().get(1);
		KERNEL.score(plane, block.codes(1), inBlock / RowBlock.GROUP, run, this.query.tables(1), this.secondScores);
		float[] weights = block.floats(FloatColumn.WEIGHT);
		for (int i = 0; i < run * RowBlock.GROUP; i++) {
			this.scores[i] += (weights.length > 0) ? weights[inBlock + i] * this.secondScores[i] : this.secondScores[i];
		}
	}

}
