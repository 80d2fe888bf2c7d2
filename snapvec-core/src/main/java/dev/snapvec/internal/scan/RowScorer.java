package dev.snapvec.internal.scan;

import dev.snapvec.internal.rows.View;

/**
 * Scores single rows, more precisely than a scan.
 */
interface RowScorer {

	/**
	 * @param view the view searched
	 * @param rows numbers of rows
	 * @param count number of rows
	 * @param scores receives the score of each
	 */
	void score(View view, int[] rows, int count, float[] scores);

	/**
	 * Clamps a score to the range of floats, which the product with a large norm may
	 * exceed, and makes a zero positive.
	 */
	static float finite(float score) {
		return Math.max(-Float.MAX_VALUE, Math.min(score, Float.MAX_VALUE)) + 0f;
	}

}
