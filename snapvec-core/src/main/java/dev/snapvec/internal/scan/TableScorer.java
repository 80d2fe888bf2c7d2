package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.JoinedGroups;
import dev.snapvec.internal.code.Slice;
import dev.snapvec.internal.code.Transpose;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.View;

/**
 * Scores rows exactly by the tables of a pass. Their codes are gathered into a group
 * first, because reading them from scattered addresses takes longer than summing.
 */
final class TableScorer implements RowScorer {

	private static final int GROUP = Groups.GROUP;

	private static final int[] FIRST = { 0 };

	private final Kernel kernel;

	private final SearchPlan plan;

	private Pass pass = Pass.NONE;

	/** The gathered rows: a group per slice, in the form of a block. */
	private byte[][] gathered = {};

	private final JoinedGroups joined = new JoinedGroups();

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
		for (SliceTables tables : this.pass.tables()) {
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

	private void sum(View view, SliceTables tables, int[] rows, int from, int to) {
		CodeSlices code = tables.code();
		int slices = code.slices().size();
		if (this.gathered.length < slices) {
			this.gathered = new byte[slices][0];
		}
		for (int s = 0; s < slices; s++) {
			gather(view, code.slices().get(s), tables.first() + s, s, rows, from, to);
		}
		byte[] group = code.whole() ? this.gathered[0] : this.joined.of(code.inGroups(), this.gathered, 0, FIRST, 1);
		this.kernel.sum(tables, group, to - from, this.sums);
	}

	private void gather(View view, Slice slice, int number, int s, int[] rows, int from, int to) {
		int length = slice.columns() * GROUP;
		byte[] group = this.gathered[s];
		if (group.length < length) {
			group = new byte[length];
			this.gathered[s] = group;
		}
		for (int i = from; i < to; i++) {
			byte[] codes = view.block(rows[i]).slices()[number];
			Transpose.row(slice, codes, Groups.inBlock(rows[i]), group, i - from, GROUP);
		}
	}

}
