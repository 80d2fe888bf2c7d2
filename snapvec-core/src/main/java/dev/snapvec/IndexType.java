package dev.snapvec;

/**
 * The index types.
 *
 * @since 0.1.0
 */
public enum IndexType {

	/**
	 * Random rotation and scalar quantization with 2 to 4 bits per coordinate; needs no
	 * training.
	 */
	SNAP("snap", SnapIndex.class),

	/**
	 * Random rotation and two-stage scalar quantization with 4 to 8 bits per coordinate,
	 * the most precise type; needs no training.
	 */
	RESIDUAL("residual", ResidualSnapIndex.class),

	/**
	 * Product quantization, trained on a sample; the type with the smallest codes.
	 */
	PQ("pq", PqSnapIndex.class),

	/**
	 * Inverted lists of product-quantized residuals, trained on a sample; the fastest
	 * type.
	 */
	IVF_PQ("ivf-pq", IvfPqSnapIndex.class);

	private final String text;

	private final Class<? extends VectorIndex> indexClass;

	IndexType(String text, Class<? extends VectorIndex> indexClass) {
		this.text = text;
		this.indexClass = indexClass;
	}

	/**
	 * {@return the class of the indexes of this type}
	 */
	public Class<? extends VectorIndex> indexClass() {
		return this.indexClass;
	}

	/**
	 * Returns the name used in properties.
	 * @return the name in lower case, with hyphens
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
