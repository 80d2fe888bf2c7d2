package dev.snapvec.internal.scan;

/**
 * What the scores of a pass say of those of the last one.
 */
public enum Bound {

	/** They are those of the last pass, which ends with the best of them. */
	EXACT,

	/**
	 * The last pass scores by the same sums, which estimates miss by no more than the
	 * kernel says: no row is dropped that could be among the best.
	 */
	CERTAIN,

	/**
	 * Nothing certain: the next pass gets the best rows by these scores, whatever it
	 * makes of them.
	 */
	NONE

}
