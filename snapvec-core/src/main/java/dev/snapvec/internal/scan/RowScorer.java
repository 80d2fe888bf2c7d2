package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.View;

/**
 * Scores rows one by one, more exactly than a scan does.
 */
interface RowScorer {

	/**
	 * @param view the view searched
	 * @param rows numbers of rows
	 * @param count how many of them
	 * @param scores receives the score of each
	 */
	void score(View view, int[] rows, int count, float[] scores);

}
