package dev.snapvec.internal.rows;

/**
 * A number that an index may keep of each row.
 */
public enum FloatColumn {

	/** Length of the vector as it was given. */
	NORM,

	/**
	 * Factor of the row's score that makes up for what quantization did to its length.
	 */
	SCALE,

	/** Factor of what weighted tables give to the score. */
	WEIGHT

}
