package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.View;

/**
 * Scores rows by the tables of a pass, exactly. Their codes are put together to a group
 * first: reading them from all over the memory takes longer than adding up.
 */
final class TableScorer implements RowScorer {

	private static final int GROUP = Groups.GROUP;

	private final Kernel kernel;

	private final SearchPlan plan;

	private Pass pass = Pass.NONE;

	/** Codes of one plane of the rows, as in a block. */
	private byte[] group = {};

	private final float[] sums = new float[GROUP];

	TableScorer(Kernel kernel, SearchPlan plan) {
		this.kernel = kernel;
		this.plan = plan;
	}

	TableScorer of(Pass pass) {
		this.pass = pass;
		return this;
	}

	@Override
	public void score(View view, int[] rows, int count, float[] scores) {
		for (int from = 0; from < count; from += GROUP) {
			scoreGroup(view, rows, from, Math.min(from + GROUP, count), scores);
		}
	}

	private void scoreGroup(View view, int[] rows, int from, int to, float[] scores) {
		for (int i = from; i < to; i++) {
			scores[i] = this.plan.partitioned() ? this.plan.listScores()[view.list(rows[i])] : 0;
		}
		for (PlaneTables tables : this.pass.tables()) {
			sum(view, tables, rows, from, to);
			for (int i = from; i < to; i++) {
				float sum = this.sums[i - from];
				scores[i] += tables.weighted() ? weight(view, rows[i]) * sum : sum;
			}
		}
		for (int i = from; i < to; i++) {
			scores[i] = this.pass.factors().score(scores[i], view.block(rows[i]), Groups.inBlock(rows[i]));
		}
	}

	private static float weight(View view, int row) {
		return view.block(row).floats(FloatColumn.WEIGHT)[Groups.inBlock(row)];
	}

	private void sum(View view, PlaneTables tables, int[] rows, int from, int to) {
		int length = tables.plane().columns() * GROUP;
		if (this.group.length < length) {
			this.group = new byte[length];
		}
		for (int i = from; i < to; i++) {
			view.block(rows[i]).gather(tables.number(), Groups.inBlock(rows[i]), this.group, i - from);
		}
		this.kernel.sum(tables, this.group, to - from, this.sums);
	}

}
