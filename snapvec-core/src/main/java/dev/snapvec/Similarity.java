package dev.snapvec;

/**
 * The similarity that scores estimate.
 *
 * @since 0.1.0
 */
public enum Similarity {

	/**
	 * The cosine of the angle between query and vector, -1 to 1; an estimate may exceed
	 * that range slightly. A vector of all zeros has cosine 0.
	 */
	COSINE("cosine"),

	/**
	 * The inner product of the normalized query and the vector: the cosine times the norm
	 * of the vector. The norm of the query does not count. Norms and scores beyond the
	 * range of floats are clamped to the largest float.
	 */
	DOT_PRODUCT("dot-product");

	private final String text;

	Similarity(String text) {
		this.text = text;
	}

	/**
	 * Returns the name used in files and properties.
	 * @return the name, in lower case
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
