package dev.snapvec;

import dev.snapvec.internal.type.pq.PqFormat;
import dev.snapvec.internal.type.pq.PqTrainer;

/**
 * Product quantization, the index type with the smallest codes: a vector is split into
 * subspaces, and each is encoded as the number of the nearest of up to 256 trained
 * centroids. Every search scans all rows.
 * <p>
 * A row takes {@code subspaces} bytes, half of that with at most 16 centroids, and a few
 * more. Scores are cosines by default. Python multiplies them by the vector's norm unless
 * vectors are normalized, which is {@link Similarity#DOT_PRODUCT} here.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011); for {@code opq} T. Ge, K. He, Q. Ke and J. Sun, <i>Optimized Product
 * Quantization</i> (2014).
 *
 * @since 0.1.0
 */
public final class PqSnapIndex extends TrainedIndex {

	PqSnapIndex(PqSpec spec, IndexParts parts) {
		super(spec, new PqFormat(spec), new PqTrainer(spec), parts);
	}

	/**
	 * Starts to build an index.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(PqSpec.of(dimension));
	}

	/**
	 * Builder of a {@link PqSnapIndex}. Not thread-safe.
	 */
	public static final class Builder extends ProductBuilder<Builder> {

		private Builder(PqSpec defaults) {
			super(defaults.common(), defaults.product());
		}

		@Override
		public PqSpec spec() {
			PqSpec spec = new PqSpec(common(), product());
			refuseRotation();
			return spec;
		}

		@Override
		public PqSnapIndex build() {
			return new PqSnapIndex(spec(), parts(null));
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
