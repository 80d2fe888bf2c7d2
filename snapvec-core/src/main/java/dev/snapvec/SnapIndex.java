package dev.snapvec;

import dev.snapvec.internal.type.snap.SnapFormat;
import dev.snapvec.internal.type.snap.SnapQuantizer;

/**
 * Scalar quantization without training: a random rotation, then 2, 3 or 4 bits per
 * coordinate. Every search scans all rows.
 * <p>
 * The dimension is padded to a power of two, so a row takes {@code padded * bits / 8}
 * bytes and a few more. Scores are cosines by default, as in Python, whatever the norms
 * of the vectors.
 * <p>
 * A. Zandieh, M. Daliri, M. Hadian and V. Mirrokni, <i>TurboQuant: Online Vector
 * Quantization with Near-optimal Distortion Rate</i> (2025).
 *
 * @since 0.1.0
 */
public final class SnapIndex extends QuantizedIndex {

	SnapIndex(SnapSpec spec, IndexParts parts) {
		super(spec, new SnapFormat(spec), parts);
	}

	/**
	 * Starts to build an index of 4 bits per coordinate.
	 * @param dimension dimension of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(SnapSpec.of(dimension));
	}

	/**
	 * Builder of a {@link SnapIndex}. Not thread-safe.
	 */
	public static final class Builder extends IndexBuilder<Builder> {

		private int bits;

		private boolean useProd;

		private Builder(SnapSpec defaults) {
			super(defaults.common());
			this.bits = defaults.bits();
			this.useProd = defaults.useProd();
		}

		/**
		 * Sets the number of bits per coordinate. The default is 4.
		 * @param bits 2, 3 or 4; fewer take less memory and lower recall
		 * @return this builder
		 */
		public Builder bits(int bits) {
			this.bits = SnapSpec.BITS.require(bits);
			return this;
		}

		/**
		 * Sets whether to spend one bit on a sketch of the quantization error. Scores are
		 * unbiased then and need no correction, but rank worse; it exists for files that
		 * use it. Requires 3 or 4 bits, and four bytes of heap times the square of the
		 * padded dimension. The default is false.
		 * @param useProd whether to spend one bit on the sketch
		 * @return this builder
		 */
		public Builder useProd(boolean useProd) {
			this.useProd = useProd;
			return this;
		}

		@Override
		public SnapSpec spec() {
			SnapSpec spec = new SnapSpec(common(), this.bits, this.useProd);
			refuse("useProd", SnapQuantizer.refusal(spec));
			return spec;
		}

		@Override
		public SnapIndex build() {
			SnapSpec spec = spec();
			return new SnapIndex(spec, parts(new SnapQuantizer(spec)));
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
