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

	/**
	 * A score within the range of floats, which the product with a large norm may exceed,
	 * and whose zero has no sign.
	 */
	static float finite(float score) {
		return Math.max(-Float.MAX_VALUE, Math.min(score, Float.MAX_VALUE)) + 0f;
	}

}
