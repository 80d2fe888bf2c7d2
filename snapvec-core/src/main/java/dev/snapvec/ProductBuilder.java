package dev.snapvec;

import dev.snapvec.internal.type.pq.ProductTraining;

/**
 * The settings that index types with product quantization have. Not thread-safe.
 *
 * @param <B> the type of the concrete builder
 */
abstract sealed class ProductBuilder<B extends ProductBuilder<B>> extends IndexBuilder<B>
		permits PqSnapIndex.Builder, IvfPqSnapIndex.Builder {

	private int subspaces;

	private int centroids;

	private boolean rht;

	private boolean opq;

	ProductBuilder(CommonSpec common, ProductSpec defaults) {
		super(common);
		this.subspaces = defaults.subspaces();
		this.centroids = defaults.centroids();
		this.rht = defaults.rht();
		this.opq = defaults.opq();
	}

	/**
	 * Sets the number of subspaces that a vector is split into (M), which is the number
	 * of codes per row. The default gives each subspace two coordinates, if the dimension
	 * is even.
	 * @param subspaces a divisor of the dimension, or with {@code rht} of the next power
	 * of two
	 * @return this builder
	 */
	public B subspaces(int subspaces) {
		this.subspaces = ProductSpec.SUBSPACES.require(subspaces);
		return self();
	}

	/**
	 * Sets the number of centroids per subspace (K). With up to 16, a code takes half a
	 * byte in memory. The default is 256.
	 * @param centroids 2 to 256
	 * @return this builder
	 */
	public B centroids(int centroids) {
		this.centroids = ProductSpec.CENTROIDS.require(centroids);
		return self();
	}

	/**
	 * Sets whether vectors are rotated at random before they are split, which pads the
	 * dimension to the next power of two. The default is false.
	 * @param rht whether to apply the randomized Hadamard transform (RHT)
	 * @return this builder
	 */
	public B rht(boolean rht) {
		this.rht = rht;
		return self();
	}

	/**
	 * Sets whether to train a rotation that balances the subspaces (OPQ), which improves
	 * recall with few subspaces. Training it takes 28 bytes of heap times the square of
	 * the dimension, of which 4 are retained. The default is false.
	 * @param opq whether to train a rotation
	 * @return this builder
	 */
	public B opq(boolean opq) {
		this.opq = opq;
		return self();
	}

	ProductSpec product() {
		return new ProductSpec(this.subspaces, this.centroids, this.rht, this.opq);
	}

	/** Rejects the training of a rotation that needs too much of the heap. */
	void refuseRotation() {
		refuse("opq", new ProductTraining(common(), product()).refusal());
	}

}
