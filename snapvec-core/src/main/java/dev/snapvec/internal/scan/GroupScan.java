package dev.snapvec.internal.scan;

import java.util.stream.IntStream;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Plane;
import dev.snapvec.internal.code.Transpose;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Scores groups of rows, some at a time, and offers those that may be among the best.
 * Confined to one thread.
 */
final class GroupScan {

	/** In place of a list's number: rows belong to none. */
	static final int NO_LIST = -1;

	/** In place of a list's number: rows name theirs. */
	static final int OWN_LISTS = -2;

	/** Groups scored at a time: their scores stay in the first-level cache. */
	private static final int RUN = 16;

	private static final int GROUP = Groups.GROUP;

	/** Of adding a list's score, and of factors. */
	private static final float ROUNDING = 0x1p-21f;

	private static final float[] NO_FACTORS = {};

	private static final int[] IN_ORDER = IntStream.range(0, RUN).toArray();

	private final Kernel kernel;

	private final PreparedQuery query;

	private final Candidates candidates;

	private final float[] scores = new float[RUN * GROUP];

	private final float[] secondScores = new float[RUN * GROUP];

	private final float[] products = new float[RUN * GROUP];

	/** The groups of the run, numbered within one block. */
	private final int[] groups = new int[RUN];

	/** Codes that had to be brought into the form kernels read. */
	private byte[] regrouped = {};

	/** Rows of each group of the run that count. */
	private final long[] rows = new long[RUN];

	private int run;

	private int block;

	/** Rows of a group of the run that count, and belong to one list. */
	private final int[] partGroups = new int[RUN * GROUP];

	private final long[] partRows = new long[RUN * GROUP];

	private final int[] partLists = new int[RUN * GROUP];

	private int parts;

	private Stage stage = Stage.NONE;

	/** How far estimates of the first plane, and of the second, may be off. */
	private float firstSlack;

	private float secondSlack;

	GroupScan(Kernel kernel, PreparedQuery query, Candidates candidates) {
		this.kernel = kernel;
		this.query = query;
		this.candidates = candidates;
	}

	/** Begins afresh, also after a search that threw. */
	void begin(Stage stage) {
		this.stage = stage;
		this.run = 0;
		this.parts = 0;
		this.firstSlack = this.kernel.prepare(this.query.tables(0));
		this.secondSlack = (stage.planes() > 1) ? this.kernel.prepare(this.query.tables(1)) : 0;
		if (this.query.partitioned()) {
			this.firstSlack += largestMagnitude(this.query.listScores()) * ROUNDING;
		}
	}

	/** As integers, of which compilers find the largest many at a time. */
	private static float largestMagnitude(float[] values) {
		int largest = 0;
		for (float value : values) {
			largest = Math.max(largest, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
		}
		return Float.intBitsToFloat(largest);
	}

	/**
	 * Takes rows of a group into the run. Groups must come in ascending order; one may
	 * come several times in a row.
	 * @param view where the group is
	 * @param group its number
	 * @param rows a bit for each row that counts
	 * @param list the list they belong to, {@link #NO_LIST} or {@link #OWN_LISTS}
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

	/** Scores what was taken. */
	void flush(View view) {
		if (this.run > 0) {
			score(view.block(this.block * Groups.BLOCK));
		}
		this.run = 0;
		this.parts = 0;
	}

	private void score(RowBlock block) {
		estimate(block, 0, this.scores);
		float slack = this.firstSlack;
		float[] weights = block.floats(FloatColumn.WEIGHT);
		if (this.stage.planes() > 1) {
			addSecondPlane(block, weights);
			slack += (weights.length > 0) ? 0 : this.secondSlack;
		}
		if (this.stage.estimatesSuffice()) {
			slack = 0;
		}
		float[] factors = factors(block);
		for (int p = 0; p < this.parts; p++) {
			int g = this.partGroups[p];
			int inBlock = this.groups[g] * GROUP;
			int list = this.partLists[p];
			if (list == OWN_LISTS) {
				addOwnLists(block.lists(), g);
			}
			float offset = (list >= 0) ? this.query.listScores()[list] : 0;
			offer(p, offset + slack, slack, factors, (factors == this.products) ? g * GROUP : inBlock, weights);
		}
	}

	private void estimate(RowBlock block, int number, float[] scores) {
		PlaneTables tables = this.query.tables(number);
		Plane plane = tables.plane();
		byte[] codes = block.codes(number);
		if (plane.scannable()) {
			this.kernel.score(tables, codes, this.groups, this.rows, this.run, scores);
			return;
		}
		int length = RUN * GROUP * plane.columns();
		if (this.regrouped.length < length) {
			this.regrouped = new byte[length];
		}
		Transpose.regroup(plane, codes, this.groups, this.run, this.regrouped);
		this.kernel.score(tables, this.regrouped, IN_ORDER, this.rows, this.run, scores);
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
				width += 2 * weights[inBlock + i] * this.secondSlack;
			}
			this.candidates.offer(this.block * Groups.BLOCK + inBlock + i, RowScorer.finite((upper - width) * factor),
					RowScorer.finite(upper * factor));
		}
	}

	/** What scores are multiplied by: those of the block's rows, or of the run's. */
	private float[] factors(RowBlock block) {
		if (this.stage.zeroed()) {
			return nonZero(block.floats(FloatColumn.NORM));
		}
		float[] scales = this.stage.scaled() ? block.floats(FloatColumn.SCALE) : NO_FACTORS;
		float[] norms = this.stage.normed() ? block.floats(FloatColumn.NORM) : NO_FACTORS;
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
		float[] listScores = this.query.listScores();
		for (int i = 0; i < GROUP; i++) {
			this.scores[g * GROUP + i] += listScores[lists[this.groups[g] * GROUP + i]];
		}
	}

	/** Weights are of rows: with them it is upper bounds that are added. */
	private void addSecondPlane(RowBlock block, float[] weights) {
		estimate(block, 1, this.secondScores);
		for (int g = 0; g < this.run; g++) {
			int inBlock = this.groups[g] * GROUP;
			for (int i = 0; i < GROUP; i++) {
				int at = g * GROUP + i;
				this.scores[at] += (weights.length > 0)
						? weights[inBlock + i] * (this.secondScores[at] + this.secondSlack) : this.secondScores[at];
			}
		}
	}

}
