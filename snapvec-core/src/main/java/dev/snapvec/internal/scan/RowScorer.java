package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.View;

/**
 * Scores one row, more exactly than a scan does.
 */
@FunctionalInterface
public interface RowScorer {

	/**
	 * @param view the view searched
	 * @param row one of its rows
	 * @return the row's score
	 */
	float score(View view, int row);

}
