package dev.snapvec;

import dev.snapvec.internal.type.residual.ResidualFormat;
import dev.snapvec.internal.type.residual.ResidualQuantizer;

/**
 * Two-stage scalar quantization, the most precise type without training: a random
 * rotation, 2 to 4 bits per coordinate in the coarse stage, and 2 to 4 more for the
 * residual. A search scans all rows; with {@code rerank} it scans the coarse stage only
 * and reranks the best rows with both stages.
 * <p>
 * The dimension is padded to a power of two, so a row takes
 * {@code padded * (coarseBits + residualBits) / 8} bytes and a few more. Scores are
 * cosines by default. Python multiplies them by the vector's norm unless vectors are
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
	 * Starts to build an index of 4 + 4 bits per coordinate.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(ResidualSpec.of(dimension));
	}

	/**
	 * Builder of a {@link ResidualSnapIndex}. Not thread-safe.
	 */
	public static final class Builder extends IndexBuilder<Builder> {

		private ResidualSpec own;

		private Builder(ResidualSpec defaults) {
			super(defaults.common());
			this.own = defaults;
		}

		/**
		 * Sets the number of bits per coordinate in the coarse stage. The default is 4.
		 * @param coarseBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder coarseBits(int coarseBits) {
			this.own = new ResidualSpec(this.own.common(), coarseBits, this.own.residualBits(), this.own.rerank());
			return this;
		}

		/**
		 * Sets the number of bits per coordinate in the residual stage. The default is 4.
		 * @param residualBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder residualBits(int residualBits) {
			this.own = new ResidualSpec(this.own.common(), this.own.coarseBits(), residualBits, this.own.rerank());
			return this;
		}

		/**
		 * Sets the number of rows that a search reranks with both stages after it scanned
		 * the coarse stage only, unless its request sets another one. The default is 0:
		 * all rows are scored with both stages in a single pass.
		 * @param rerank the number of rows; a search for more hits reranks as many rows
		 * as it returns
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
