package dev.snapvec.internal.rows;

/**
 * A number that an index may keep per row.
 */
public enum FloatColumn {

	/** Norm of the vector as it was given. */
	NORM,

	/**
	 * Factor of the row's score that corrects for the norm that its code lost.
	 */
	SCALE,

	/** Factor of the share of weighted tables in the score. */
	WEIGHT

}
