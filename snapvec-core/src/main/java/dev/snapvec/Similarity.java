package dev.snapvec;

/**
 * What scores estimate.
 *
 * @since 0.1.0
 */
public enum Similarity {

	/**
	 * The cosine of the angle between query and vector, from -1 to 1; as an estimate it
	 * may exceed them slightly. That of a vector of zeros is 0.
	 */
	COSINE("cosine"),

	/**
	 * The inner product of the query's direction and the vector: the cosine times the
	 * length of the vector. The length of the query does not count. Norms and scores stay
	 * within the range of floats: what is larger counts as the largest one.
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
