package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.View;

/**
 * Scores single rows, more exactly than a scan does.
 */
interface RowScorer {

	/**
	 * @param view the view searched
	 * @param row one of its rows
	 * @return the row's score
	 */
	float score(View view, int row);

	/**
	 * Reads what the scores of some rows need, all of it at once rather than row after
	 * row: memory answers many questions in the time of one.
	 * @param view the view searched
	 * @param rows the rows
	 * @param count how many
	 */
	default void prefetch(View view, int[] rows, int count) {
	}

}
