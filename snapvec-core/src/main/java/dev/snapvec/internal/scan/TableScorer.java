package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.Plane;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Scores single rows by all planes of a prepared query.
 */
final class TableScorer implements RowScorer {

	private final PreparedQuery query;

	private final boolean scaled;

	private final boolean normed;

	TableScorer(PreparedQuery query, boolean scaled, boolean normed) {
		this.query = query;
		this.scaled = scaled;
		this.normed = normed;
	}

	@Override
	public float score(View view, int row) {
		RowBlock block = view.block(row);
		int inBlock = row % RowBlock.ROWS;
		float score = 0;
		for (int p = 0; p < this.query.planes(); p++) {
			float share = sum(view.layout().planes().get(p), block.codes(p), inBlock, this.query.tables(p));
			float[] weights = block.floats(FloatColumn.WEIGHT);
			score += (p > 0 && weights.length > 0) ? weights[inBlock] * share : share;
		}
		if (this.scaled) {
			score *= block.floats(FloatColumn.SCALE)[inBlock];
		}
		if (this.normed) {
			score *= block.floats(FloatColumn.NORM)[inBlock];
		}
		return score;
	}

	private static float sum(Plane plane, byte[] codes, int row, float[] tables) {
		int columns = plane.columns();
		int at = row / RowBlock.GROUP * columns * RowBlock.GROUP + row % RowBlock.GROUP;
		float sum = 0;
		if (plane.packing() == Plane.Packing.BYTES) {
			for (int c = 0; c < columns; c++) {
				sum += tables[c * 256 + (codes[at + c * RowBlock.GROUP] & 0xff)];
			}
			return sum;
		}
		for (int c = 0; c < columns; c += 3) {
			int first = at + c * RowBlock.GROUP;
			int word = (codes[first] & 0xff) | (codes[first + RowBlock.GROUP] & 0xff) << 8
					| (codes[first + 2 * RowBlock.GROUP] & 0xff) << 16;
			for (int pair = 0; pair < 4; pair++) {
				sum += tables[c / 3 * 256 + pair * 64 + ((word >>> (6 * pair)) & 63)];
			}
		}
		return sum;
	}

}
