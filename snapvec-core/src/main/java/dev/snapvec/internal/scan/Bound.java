package dev.snapvec.internal.scan;

/**
 * How the scores of a pass bound those of the last pass.
 */
public enum Bound {

	/** This is the last pass: its scores are final. */
	EXACT,

	/**
	 * The last pass computes the same sums exactly, and estimates differ from them by at
	 * most what the kernel states: no row is dropped that could be among the best.
	 */
	CERTAIN,

	/**
	 * No bound: the next pass receives the best rows by these scores, whatever their
	 * final scores.
	 */
	NONE

}
