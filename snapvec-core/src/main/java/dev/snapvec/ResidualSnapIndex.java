package dev.snapvec;

import dev.snapvec.internal.type.residual.ResidualFormat;
import dev.snapvec.internal.type.residual.ResidualQuantizer;

/**
 * The most exact index that needs no training: a random rotation, 2 to 4 bits a
 * coordinate, and 2 to 4 more for what those leave over. A search scans all rows; with
 * {@code rerank} it scans the coarse bits alone and scores the best rows again by all of
 * them.
 * <p>
 * The dimension is padded to a power of two, so a row takes
 * {@code padded * (coarseBits + residualBits) / 8} bytes and a few more. Scores are
 * cosines by default; Python multiplies them by the vector's length unless vectors are
 * normalized, which is {@link Similarity#DOT_PRODUCT} here.
 * <p>
 * B.-H. Juang and A. H. Gray, <i>Multiple Stage Vector Quantization for Speech Coding</i>
 * (1982).
 *
 * @since 0.1.0
 */
public final class ResidualSnapIndex extends QuantizedIndex {

	ResidualSnapIndex(ResidualSpec spec, IndexParts parts) {
		super(spec, new ResidualFormat(spec), parts);
	}

	/**
	 * Begins an index of 4 + 4 bits.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(ResidualSpec.of(dimension));
	}

	/**
	 * Makes a {@link ResidualSnapIndex}. Confined to one thread.
	 */
	public static final class Builder extends IndexBuilder<Builder> {

		private ResidualSpec own;

		private Builder(ResidualSpec defaults) {
			super(defaults.common());
			this.own = defaults;
		}

		/**
		 * Sets how many bits a coordinate takes in the first stage. The default is 4.
		 * @param coarseBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder coarseBits(int coarseBits) {
			this.own = new ResidualSpec(this.own.common(), coarseBits, this.own.residualBits(), this.own.rerank());
			return this;
		}

		/**
		 * Sets how many bits a coordinate takes in the second stage. The default is 4.
		 * @param residualBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder residualBits(int residualBits) {
			this.own = new ResidualSpec(this.own.common(), this.own.coarseBits(), residualBits, this.own.rerank());
			return this;
		}

		/**
		 * Sets how many rows a search scores by both stages after it scanned the first
		 * alone, where a request does not say. The default is 0: all rows by both stages.
		 * @param rerank the number of rows; a search for more hits scores as many as
		 * those
		 * @return this builder
		 */
		public Builder rerank(int rerank) {
			this.own = this.own.withSearch(null, rerank);
			return this;
		}

		@Override
		public ResidualSpec spec() {
			return new ResidualSpec(common(), this.own.coarseBits(), this.own.residualBits(), this.own.rerank());
		}

		@Override
		public ResidualSnapIndex build() {
			ResidualSpec spec = spec();
			return new ResidualSnapIndex(spec, parts(new ResidualQuantizer(spec)));
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
