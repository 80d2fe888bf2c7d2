package dev.snapvec;

import dev.snapvec.internal.type.ivfpq.IvfPqFormat;
import dev.snapvec.internal.type.ivfpq.IvfPqTrainer;
import org.jspecify.annotations.Nullable;

/**
 * IVF-PQ, the fastest index type: each row is assigned to the inverted list of its
 * nearest coarse centroid, its residual is product-quantized, and a search probes the
 * lists nearest to the query. With full precision, vectors are also kept as float16, and
 * the best rows of the scan are reranked with those.
 * <p>
 * A row takes {@code subspaces} bytes, half of that with at most 16 centroids, plus two
 * per coordinate with full precision, and a few more. Scores are cosines by default.
 * Python multiplies them by the vector's norm unless vectors are normalized, which is
 * {@link Similarity#DOT_PRODUCT} here.
 * <p>
 * With a filter, lists without an allowed row are skipped, and more than {@code nprobe}
 * lists are probed as long as fewer than k rows were found.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011), section IV.
 *
 * @since 0.1.0
 */
public final class IvfPqSnapIndex extends TrainedIndex {

	IvfPqSnapIndex(IvfPqSpec spec, IndexParts parts) {
		super(spec, new IvfPqFormat(spec), new IvfPqTrainer(spec), parts);
	}

	/**
	 * Starts to build an index.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(IvfPqSpec.of(dimension));
	}

	/**
	 * Builder of an {@link IvfPqSnapIndex}. Not thread-safe.
	 */
	public static final class Builder extends ProductBuilder<Builder> {

		private int nlist;

		private boolean keepFullPrecision;

		private @Nullable Integer nprobe;

		private @Nullable Integer rerank;

		private Builder(IvfPqSpec defaults) {
			super(defaults.common(), defaults.product());
			this.nlist = defaults.nlist();
			this.keepFullPrecision = defaults.keepFullPrecision();
		}

		/**
		 * Sets the number of inverted lists. The default is 256; twice the square root of
		 * the number of rows is a good choice.
		 * @param nlist at least 1
		 * @return this builder
		 */
		public Builder nlist(int nlist) {
			this.nlist = IvfPqSpec.NLIST.require(nlist);
			return this;
		}

		/**
		 * Sets the number of lists that a search probes, unless its request sets another
		 * one. The default is a sixteenth of the lists.
		 * @param nprobe 1 to nlist
		 * @return this builder
		 */
		public Builder nprobe(int nprobe) {
			this.nprobe = nprobe;
			return this;
		}

		/**
		 * Sets whether vectors are also kept as float16, to rerank the best rows of a
		 * scan. The default is false.
		 * @param keepFullPrecision whether to keep float16 vectors
		 * @return this builder
		 */
		public Builder keepFullPrecision(boolean keepFullPrecision) {
			this.keepFullPrecision = keepFullPrecision;
			return this;
		}

		/**
		 * Sets the number of rows of the scan that are reranked with full precision,
		 * unless a request sets another one. The default is 100 with full precision, else
		 * 0. With 256 centroids trained by this library and narrow subspaces, the scan
		 * then reads half of each code, and at least 100 rows are reranked.
		 * @param rerank the number of rows, 0 for none; a search for more hits reranks as
		 * many rows as it returns
		 * @return this builder
		 */
		public Builder rerank(int rerank) {
			this.rerank = Rerank.RANGE.require(rerank);
			return this;
		}

		@Override
		public IvfPqSpec spec() {
			IvfPqSpec spec = IvfPqSpec.of(common(), product(), this.nlist, this.keepFullPrecision)
				.withSearch(this.nprobe, this.rerank);
			refuseRotation();
			refuse("nlist", IvfPqTrainer.refusal(spec));
			return spec;
		}

		@Override
		public IvfPqSnapIndex build() {
			return new IvfPqSnapIndex(spec(), parts(null));
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
