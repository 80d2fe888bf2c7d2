package dev.snapvec;

import dev.snapvec.internal.type.ivfpq.IvfPqFormat;
import dev.snapvec.internal.type.ivfpq.IvfPqTrainer;
import org.jspecify.annotations.Nullable;

/**
 * The fastest index: rows are spread over lists by their nearest learned centroid, what
 * is left of them is kept as product codes, and a search scans the lists nearest to the
 * query. With full precision it also keeps vectors as float16, and scores the best rows
 * of the scan again by those.
 * <p>
 * A row takes {@code subspaces} bytes, half of that with at most 16 centroids; with full
 * precision two more a coordinate; and a few more. Scores are cosines by default; Python
 * multiplies them by the vector's length unless vectors are normalized, which is
 * {@link Similarity#DOT_PRODUCT} here.
 * <p>
 * With a filter, lists that hold no allowed row are passed over, and more than
 * {@code nprobe} are scanned while fewer than k rows were found.
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
	 * Begins an index.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(IvfPqSpec.of(dimension));
	}

	/**
	 * Makes an {@link IvfPqSnapIndex}. Confined to one thread.
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
		 * Sets how many lists rows are spread over. The default is 256; twice the square
		 * root of the number of rows is a good choice.
		 * @param nlist at least 1
		 * @return this builder
		 */
		public Builder nlist(int nlist) {
			this.nlist = IvfPqSpec.NLIST.require(nlist);
			return this;
		}

		/**
		 * Sets how many lists a search scans, where a request does not say. The default
		 * is a sixteenth of the lists.
		 * @param nprobe 1 to nlist
		 * @return this builder
		 */
		public Builder nprobe(int nprobe) {
			this.nprobe = nprobe;
			return this;
		}

		/**
		 * Sets whether vectors are kept as float16 too, to score the best rows of a scan
		 * again. The default is false.
		 * @param keepFullPrecision whether to keep them
		 * @return this builder
		 */
		public Builder keepFullPrecision(boolean keepFullPrecision) {
			this.keepFullPrecision = keepFullPrecision;
			return this;
		}

		/**
		 * Sets how many rows of the scan are scored again by full precision, where a
		 * request does not say. The default is 100 with full precision, else 0. With 256
		 * centroids learned in this library and narrow subspaces the scan then reads half
		 * of each code, and at least 100 rows are scored again.
		 * @param rerank the number of rows, 0 for none; a search for more hits scores as
		 * many as those
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
