package dev.snapvec;

import dev.snapvec.internal.type.snap.SnapFormat;
import dev.snapvec.internal.type.snap.SnapQuantizer;

/**
 * The index that needs no training: a random rotation, then 2, 3 or 4 bits a coordinate.
 * Every search scans all rows.
 * <p>
 * The dimension is padded to a power of two, so a row takes {@code padded * bits / 8}
 * bytes and a few more. Scores are cosines by default; Python's are too, whatever its
 * vectors' lengths.
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
	 * Begins an index of 4 bits.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(SnapSpec.of(dimension));
	}

	/**
	 * Makes a {@link SnapIndex}. Confined to one thread.
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
		 * Sets how many bits a coordinate takes. The default is 4.
		 * @param bits 2, 3 or 4; fewer take less memory and find fewer of the true
		 * neighbours
		 * @return this builder
		 */
		public Builder bits(int bits) {
			this.bits = SnapSpec.BITS.require(bits);
			return this;
		}

		/**
		 * Sets whether one of the bits sketches what the others lose, which makes scores
		 * unbiased, so that they need no correction, and ranks worse; it is there for
		 * files that use it. Needs 3 or 4 bits, and four bytes of heap for the square of
		 * the dimension padded to a power of two. The default is false.
		 * @param useProd whether to spend a bit on the sketch
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
