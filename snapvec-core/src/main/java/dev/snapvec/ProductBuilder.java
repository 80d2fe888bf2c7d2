package dev.snapvec;

import dev.snapvec.internal.code.Padding;
import dev.snapvec.internal.quantize.Training;

/**
 * The options that indexes with product quantizers have. Confined to one thread.
 *
 * @param <B> the builder of an index type
 */
abstract sealed class ProductBuilder<B extends ProductBuilder<B>> extends IndexBuilder<B>
		permits PqSnapIndex.Builder, IvfPqSnapIndex.Builder {

	private int subspaces;

	private int centroids = 256;

	private boolean rht;

	private boolean opq;

	ProductBuilder(int dimension) {
		super(dimension);
		this.subspaces = defaultSubspaces(dimension);
	}

	/** Two coordinates each, or four, or as few as divide the dimension. */
	private static int defaultSubspaces(int dimension) {
		for (int width = 2; width <= dimension; width++) {
			if (dimension % width == 0) {
				return dimension / width;
			}
		}
		return 1;
	}

	/**
	 * Sets how many subspaces a vector is split into (M): as many codes a row has. The
	 * default gives each two coordinates, if the dimension is even.
	 * @param subspaces a divisor of the dimension, or with {@code rht} of the next power
	 * of two
	 * @return this builder
	 */
	public B subspaces(int subspaces) {
		require(subspaces >= 1, "subspaces is %d, it must be at least 1", subspaces);
		this.subspaces = subspaces;
		return self();
	}

	/**
	 * Sets how many centroids a subspace has (K). Up to 16, a code takes half a byte in
	 * memory. The default is 256.
	 * @param centroids 2 to 256
	 * @return this builder
	 */
	public B centroids(int centroids) {
		require(centroids >= 2 && centroids <= 256, "centroids is %d, possible are 2 to 256", centroids);
		this.centroids = centroids;
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

	ProductOptions options() {
		require(!(this.rht && this.opq), "rht and opq are both true, at most one of the two can be");
		int length = this.rht ? Padding.padded(dimension()) : dimension();
		require(length % this.subspaces == 0, "subspaces is %d, it must divide %d, the length of %s (%s)",
				this.subspaces, length, this.rht ? "vectors padded by rht" : "the vectors",
				ProductOptions.someDivisors(length));
		if (this.opq) {
			require(Training.fitArray(length, length), "opq with dimension %d takes a matrix of more than 2^31 numbers",
					length);
			HeapShare.require(Training.rotationBytes(length), "opq with dimension " + length);
		}
		return new ProductOptions(length, this.subspaces, this.centroids, this.rht, this.opq);
	}

}
