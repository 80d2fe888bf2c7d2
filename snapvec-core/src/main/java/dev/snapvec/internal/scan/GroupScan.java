package dev.snapvec.internal.scan;

import java.util.stream.IntStream;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.JoinedGroups;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Estimates the scores of groups of rows, some groups at a time, and offers the
 * candidates. Not thread-safe.
 */
final class GroupScan {

	/** Instead of a list number: rows belong to no list. */
	static final int NO_LIST = -1;

	/** Instead of a list number: the list is stored per row. */
	static final int OWN_LISTS = -2;

	/** Groups scored together: their scores stay in the L1 cache. */
	private static final int RUN = 16;

	private static final int GROUP = Groups.GROUP;

	/** Relative rounding error of adding a list's score and multiplying by factors. */
	private static final float ROUNDING = 0x1p-21f;

	private static final float[] NO_FACTORS = {};

	private static final int[] IN_ORDER = IntStream.range(0, RUN).toArray();

	private final Kernel kernel;

	private final SearchPlan plan;

	private final Candidates candidates;

	private final float[] scores = new float[RUN * GROUP];

	private final float[] moreScores = new float[RUN * GROUP];

	private final float[] products = new float[RUN * GROUP];

	/** The groups of the run, numbered within one block. */
	private final int[] groups = new int[RUN];

	/** Codes that must be converted to the form that kernels read. */
	private final JoinedGroups joined = new JoinedGroups();

	/** Bit set of the selected rows of each group of the run. */
	private final long[] rows = new long[RUN];

	private int run;

	private int block;

	/** Parts of the run: the selected rows of a group that belong to one list. */
	private final int[] partGroups = new int[RUN * GROUP];

	private final long[] partRows = new long[RUN * GROUP];

	private final int[] partLists = new int[RUN * GROUP];

	private int parts;

	private Pass pass = Pass.NONE;

	/** Maximum error of estimates, and of those of weighted tables for a weight of 1. */
	private float slack;

	private float weightedSlack;

	/** Maximum error of the estimates of each table. */
	private float[] slacks = {};

	GroupScan(Kernel kernel, SearchPlan plan, Candidates candidates) {
		this.kernel = kernel;
		this.plan = plan;
		this.candidates = candidates;
	}

	/** Starts a pass, also after a search that threw. */
	void begin(Pass pass) {
		this.pass = pass;
		this.run = 0;
		this.parts = 0;
		this.slack = 0;
		this.weightedSlack = 0;
		if (this.slacks.length < pass.tables().size()) {
			this.slacks = new float[pass.tables().size()];
		}
		for (int t = 0; t < pass.tables().size(); t++) {
			SliceTables tables = pass.tables().get(t);
			this.slacks[t] = this.kernel.prepare(tables);
			if (tables.weighted()) {
				this.weightedSlack += this.slacks[t];
			}
			else {
				this.slack += this.slacks[t];
			}
		}
		if (this.plan.partitioned()) {
			this.slack += largestMagnitude(this.plan.listScores()) * ROUNDING;
		}
	}

	/** Compared as ints, whose max reduction C2 vectorizes. */
	private static float largestMagnitude(float[] values) {
		int largest = 0;
		for (float value : values) {
			largest = Math.max(largest, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
		}
		return Float.intBitsToFloat(largest);
	}

	/**
	 * Adds rows of a group to the run. Groups must be added in ascending order; one may
	 * be added several times in succession.
	 * @param view the view
	 * @param group number of the group
	 * @param rows bit set of the rows to score
	 * @param list the list that they belong to, {@link #NO_LIST} or {@link #OWN_LISTS}
	 */
	void add(View view, int group, long rows, int list) {
		int inBlock = group % Groups.PER_BLOCK;
		boolean sameBlock = group / Groups.PER_BLOCK == this.block;
		if (this.run == 0 || !sameBlock || this.groups[this.run - 1] != inBlock) {
			if (!sameBlock || this.run == RUN) {
				flush(view);
			}
			this.block = group / Groups.PER_BLOCK;
			this.rows[this.run] = 0;
			this.groups[this.run++] = inBlock;
		}
		this.rows[this.run - 1] |= rows;
		this.partGroups[this.parts] = this.run - 1;
		this.partRows[this.parts] = rows;
		this.partLists[this.parts++] = list;
	}

	/** Scores the rows of the run. */
	void flush(View view) {
		if (this.run > 0) {
			score(view.block(this.block * Groups.BLOCK));
		}
		this.run = 0;
		this.parts = 0;
	}

	private void score(RowBlock block) {
		estimate(block);
		float slack = (this.pass.bound() == Bound.NONE) ? 0 : this.slack;
		float[] weights = (this.weightedSlack > 0) ? block.floats(FloatColumn.WEIGHT) : NO_FACTORS;
		float[] factors = factors(block);
		for (int p = 0; p < this.parts; p++) {
			int g = this.partGroups[p];
			int inBlock = this.groups[g] * GROUP;
			int list = this.partLists[p];
			if (list == OWN_LISTS) {
				addOwnLists(block.lists(), g);
			}
			float offset = (list >= 0) ? this.plan.listScores()[list] : 0;
			offer(p, offset + slack, slack, factors, (factors == this.products) ? g * GROUP : inBlock, weights);
		}
	}

	/** Adds estimates; with weights, which differ per row, adds upper bounds. */
	private void estimate(RowBlock block) {
		estimate(block, this.pass.tables().get(0), this.scores);
		for (int t = 1; t < this.pass.tables().size(); t++) {
			SliceTables tables = this.pass.tables().get(t);
			estimate(block, tables, this.moreScores);
			if (tables.weighted()) {
				addWeighted(block.floats(FloatColumn.WEIGHT), this.slacks[t]);
			}
			else {
				add();
			}
		}
	}

	private void add() {
		for (int i = 0; i < this.run * GROUP; i++) {
			this.scores[i] += this.moreScores[i];
		}
	}

	private void addWeighted(float[] weights, float slack) {
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * GROUP;
			for (int i = 0; i < GROUP; i++) {
				int at = g * GROUP + i;
				this.scores[at] += weights[inBlock + i] * (this.moreScores[at] + slack);
			}
		}
	}

	private void estimate(RowBlock block, SliceTables tables, float[] scores) {
		CodeSlices code = tables.code();
		if (code.scannable()) {
			byte[] codes = block.slices()[tables.first()];
			this.kernel.score(tables, codes, this.groups, this.rows, this.run, scores);
			return;
		}
		byte[] codes = this.joined.of(code, block.slices(), tables.first(), this.groups, this.run);
		this.kernel.score(tables, codes, IN_ORDER, this.rows, this.run, scores);
	}

	private void offer(int part, float toUpper, float slack, float[] factors, int factorsAt, float[] weights) {
		int at = this.partGroups[part] * GROUP;
		int inBlock = this.groups[this.partGroups[part]] * GROUP;
		long selected = this.partRows[part]
				& this.kernel.select(this.scores, at, toUpper, factors, factorsAt, this.candidates.threshold());
		for (; selected != 0; selected &= selected - 1) {
			int i = Long.numberOfTrailingZeros(selected);
			float factor = (factors.length > 0) ? factors[factorsAt + i] : 1;
			float upper = this.scores[at + i] + toUpper;
			float width = 2 * slack;
			if (weights.length > 0) {
				width += 2 * weights[inBlock + i] * this.weightedSlack;
			}
			this.candidates.offer(this.block * Groups.BLOCK + inBlock + i, RowScorer.finite((upper - width) * factor),
					RowScorer.finite(upper * factor));
		}
	}

	/** The factors of scores: those of the rows of the block, or of the run. */
	private float[] factors(RowBlock block) {
		if (this.pass.factors().zeroed()) {
			return nonZero(block.floats(FloatColumn.NORM));
		}
		float[] scales = this.pass.factors().scaled() ? block.floats(FloatColumn.SCALE) : NO_FACTORS;
		float[] norms = this.pass.factors().normed() ? block.floats(FloatColumn.NORM) : NO_FACTORS;
		if (scales.length == 0 || norms.length == 0) {
			return (scales.length > 0) ? scales : norms;
		}
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * GROUP;
			for (int i = 0; i < GROUP; i++) {
				this.products[g * GROUP + i] = Math.min(scales[inBlock + i] * norms[inBlock + i], Float.MAX_VALUE);
			}
		}
		return this.products;
	}

	private float[] nonZero(float[] norms) {
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * GROUP;
			for (int i = 0; i < GROUP; i++) {
				this.products[g * GROUP + i] = (norms[inBlock + i] == 0) ? 0 : 1;
			}
		}
		return this.products;
	}

	private void addOwnLists(int[] lists, int g) {
		float[] listScores = this.plan.listScores();
		for (int i = 0; i < GROUP; i++) {
			this.scores[g * GROUP + i] += listScores[lists[this.groups[g] * GROUP + i]];
		}
	}

}
