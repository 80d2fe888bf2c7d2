package dev.snapvec;

/**
 * The types of index.
 *
 * @since 0.1.0
 */
public enum IndexType {

	/**
	 * A random rotation and 2 to 4 bits a coordinate; no training.
	 */
	SNAP("snap", SnapIndex.class),

	/**
	 * A random rotation and 4 to 8 bits a coordinate in two stages, the most exact; no
	 * training.
	 */
	RESIDUAL("residual", ResidualSnapIndex.class),

	/**
	 * Product quantization, trained on a sample; the smallest.
	 */
	PQ("pq", PqSnapIndex.class),

	/**
	 * Inverted lists of product codes, trained on a sample; the fastest.
	 */
	IVF_PQ("ivf-pq", IvfPqSnapIndex.class);

	private final String text;

	private final Class<? extends VectorIndex> indexClass;

	IndexType(String text, Class<? extends VectorIndex> indexClass) {
		this.text = text;
		this.indexClass = indexClass;
	}

	/**
	 * Returns the class of the indexes of this type.
	 * @return the class
	 */
	public Class<? extends VectorIndex> indexClass() {
		return this.indexClass;
	}

	/**
	 * Returns the name used in properties.
	 * @return the name, in lower case, with hyphens
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
