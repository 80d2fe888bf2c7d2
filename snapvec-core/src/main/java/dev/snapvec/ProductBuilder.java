package dev.snapvec;

import dev.snapvec.internal.type.pq.ProductTraining;

/**
 * The options that indexes with product quantizers have. Confined to one thread.
 *
 * @param <B> the builder of an index type
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
	 * Sets how many subspaces a vector is split into (M): as many codes a row has. The
	 * default gives each two coordinates, if the dimension is even.
	 * @param subspaces a divisor of the dimension, or with {@code rht} of the next power
	 * of two
	 * @return this builder
	 */
	public B subspaces(int subspaces) {
		this.subspaces = ProductSpec.SUBSPACES.require(subspaces);
		return self();
	}

	/**
	 * Sets how many centroids a subspace has (K). Up to 16, a code takes half a byte in
	 * memory. The default is 256.
	 * @param centroids 2 to 256
	 * @return this builder
	 */
	public B centroids(int centroids) {
		this.centroids = ProductSpec.CENTROIDS.require(centroids);
		return self();
	}

	/**
	 * Sets whether vectors are rotated at random before they are split, which pads them
	 * to a power of two. The default is false.
	 * @param rht whether to apply the randomised Hadamard transform
	 * @return this builder
	 */
	public B rht(boolean rht) {
		this.rht = rht;
		return self();
	}

	/**
	 * Sets whether a rotation is learned that makes subspaces alike (OPQ), which helps
	 * where they are few. Learning it takes 28 bytes of heap for the square of the
	 * dimension, of which 4 stay. The default is false.
	 * @param opq whether to learn a rotation
	 * @return this builder
	 */
	public B opq(boolean opq) {
		this.opq = opq;
		return self();
	}

	ProductSpec product() {
		return new ProductSpec(this.subspaces, this.centroids, this.rht, this.opq);
	}

	/** Refuses to learn a rotation that takes too much of the heap. */
	void refuseRotation() {
		refuse("opq", new ProductTraining(common(), product()).refusal());
	}

}
