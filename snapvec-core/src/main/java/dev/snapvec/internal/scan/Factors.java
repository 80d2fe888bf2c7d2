package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowBlock;

/**
 * The factors that turn the sum of a row's shares into its score.
 *
 * @param scaled whether the sum is multiplied by the row's scale
 * @param normed whether it is multiplied by the row's norm
 * @param zeroed whether rows of norm 0 must be set to score 0, because neither factor
 * does that
 */
public record Factors(boolean scaled, boolean normed, boolean zeroed) {

	/** Sums are scores. */
	public static final Factors NONE = new Factors(false, false, false);

	/**
	 * @param scaled whether the sum is multiplied by the row's scale
	 * @param normed whether it is multiplied by the row's norm
	 */
	public Factors(boolean scaled, boolean normed) {
		this(scaled, normed, false);
	}

	/**
	 * The score of one row.
	 * @param sum its sum
	 * @param block its block
	 * @param row the row in its block
	 */
	float score(float sum, RowBlock block, int row) {
		float score = sum;
		if (this.scaled) {
			score *= block.floats(FloatColumn.SCALE)[row];
		}
		if (this.normed) {
			score *= block.floats(FloatColumn.NORM)[row];
		}
		if (this.zeroed && block.floats(FloatColumn.NORM)[row] == 0) {
			score = 0;
		}
		return RowScorer.finite(score);
	}

}
