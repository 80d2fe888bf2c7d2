package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Scores single rows by planes of a prepared query, exactly.
 */
final class TableScorer implements RowScorer {

	private final PreparedQuery query;

	private Stage stage = Stage.NONE;

	TableScorer(PreparedQuery query) {
		this.query = query;
	}

	TableScorer of(Stage stage) {
		this.stage = stage;
		return this;
	}

	@Override
	public float score(View view, int row) {
		RowBlock block = view.block(row);
		int inBlock = row % RowBlock.ROWS;
		float score = this.query.partitioned() ? this.query.listScores()[view.list(row)] : 0;
		float[] weights = block.floats(FloatColumn.WEIGHT);
		for (int p = 0; p < this.stage.planes(); p++) {
			float sum = this.query.tables(p).sum(block.codes(p), inBlock);
			score += (p > 0 && weights.length > 0) ? weights[inBlock] * sum : sum;
		}
		if (this.stage.scaled()) {
			score *= block.floats(FloatColumn.SCALE)[inBlock];
		}
		if (this.stage.normed()) {
			score *= block.floats(FloatColumn.NORM)[inBlock];
		}
		return score;
	}

}
