package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Scores rows by planes of a prepared query, exactly. Their codes are put together to a
 * group first: reading them from all over the memory takes longer than adding up.
 */
final class TableScorer implements RowScorer {

	private static final int GROUP = Groups.GROUP;

	private final Kernel kernel;

	private final PreparedQuery query;

	private Stage stage = Stage.NONE;

	/** Codes of one plane of the rows, as in a block. */
	private byte[] group = {};

	private final float[] sums = new float[GROUP];

	TableScorer(Kernel kernel, PreparedQuery query) {
		this.kernel = kernel;
		this.query = query;
	}

	TableScorer of(Stage stage) {
		this.stage = stage;
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
			scores[i] = this.query.partitioned() ? this.query.listScores()[view.list(rows[i])] : 0;
		}
		for (int plane = 0; plane < this.stage.planes(); plane++) {
			sum(view, plane, rows, from, to);
			for (int i = from; i < to; i++) {
				float[] weights = view.block(rows[i]).floats(FloatColumn.WEIGHT);
				float sum = this.sums[i - from];
				scores[i] += (plane > 0 && weights.length > 0) ? weights[Groups.inBlock(rows[i])] * sum : sum;
			}
		}
		for (int i = from; i < to; i++) {
			RowBlock block = view.block(rows[i]);
			if (this.stage.scaled()) {
				scores[i] *= block.floats(FloatColumn.SCALE)[Groups.inBlock(rows[i])];
			}
			if (this.stage.normed()) {
				scores[i] *= block.floats(FloatColumn.NORM)[Groups.inBlock(rows[i])];
			}
			if (this.stage.zeroed() && block.floats(FloatColumn.NORM)[Groups.inBlock(rows[i])] == 0) {
				scores[i] = 0;
			}
			scores[i] = RowScorer.finite(scores[i]);
		}
	}

	private void sum(View view, int plane, int[] rows, int from, int to) {
		PlaneTables tables = this.query.tables(plane);
		int length = tables.plane().columns() * GROUP;
		if (this.group.length < length) {
			this.group = new byte[length];
		}
		for (int i = from; i < to; i++) {
			view.block(rows[i]).gather(plane, Groups.inBlock(rows[i]), this.group, i - from);
		}
		this.kernel.sum(tables, this.group, to - from, this.sums);
	}

}
