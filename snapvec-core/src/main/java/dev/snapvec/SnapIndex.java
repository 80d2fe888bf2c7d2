package dev.snapvec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.SnapFormat;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.SnapQuantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.RowStore;

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

	private final int bits;

	private final boolean useProd;

	private final Quantizer quantizer;

	private final RowStore store;

	private SnapIndex(Builder builder) {
		super(builder.settings());
		this.bits = builder.bits;
		this.useProd = builder.useProd;
		this.quantizer = quantizer(settings(), this.bits, this.useProd);
		this.store = new RowStore(this.quantizer.layout(), 1);
	}

	private SnapIndex(IndexSettings settings, SnapFormat.Header header, Quantizer quantizer, RowStore store) {
		super(settings);
		this.bits = header.bits();
		this.useProd = header.useProd();
		this.quantizer = quantizer;
		this.store = store;
	}

	/**
	 * Begins an index of 4 bits.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(dimension);
	}

	private static Quantizer quantizer(IndexSettings settings, int bits, boolean useProd) {
		return new SnapQuantizer(settings.dimension(), bits, settings.seed(), useProd, settings.scoring());
	}

	static SnapIndex read(Loading loading, SnapFormat.Header header) throws IOException {
		SearchDefaults.requireNoNprobe(loading.options().nprobe(), SnapIndex.class);
		SearchDefaults.requireNoRerank(loading.options().rerank(), SnapIndex.class);
		requireNoSearchDefaults(loading.attributes());
		IndexSettings settings = IndexSettings.ofFile(header, loading.attributes(), loading.options());
		String refusal = header.useProd()
				? HeapShare.refusal(SnapQuantizer.sketchBytes(header.dimension()), sketch(header.dimension())) : null;
		if (refusal != null) {
			throw new IOException(refusal);
		}
		Quantizer quantizer = quantizer(settings, header.bits(), header.useProd());
		RowLoader loader = loading.rows(header, settings, quantizer);
		SnapFormat.readRows(loading.source(), header, loader);
		return new SnapIndex(settings, header, quantizer, loading.finish(loader, quantizer, new int[1]));
	}

	@Override
	void write(FileSink sink, RowOrder order, Map<String, String> attributes) throws IOException {
		SnapFormat.Header header = new SnapFormat.Header(dimension(), this.bits, settings().seed(), this.useProd,
				settings().normalized(), order.size());
		SnapFormat.write(sink, header, order, attributes);
	}

	@Override
	Quantizer quantizer() {
		return this.quantizer;
	}

	@Override
	RowStore store() {
		return this.store;
	}

	@Override
	Map<String, Object> parameters() {
		return parameters(this.bits, this.useProd);
	}

	private static String sketch(int dimension) {
		return "useProd with dimension " + dimension;
	}

	private static void requireNoSearchDefaults(Map<String, String> attributes) throws IOException {
		SearchDefaults.requireNoNprobe(attributes, SnapIndex.class);
		SearchDefaults.requireNoRerank(attributes, SnapIndex.class);
	}

	static Map<String, Object> parameters(SnapFormat.Header header, Map<String, String> attributes) throws IOException {
		requireNoSearchDefaults(attributes);
		return parameters(header.bits(), header.useProd());
	}

	private static Map<String, Object> parameters(int bits, boolean useProd) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("bits", bits);
		parameters.put("useProd", useProd);
		return parameters;
	}

	/**
	 * Makes a {@link SnapIndex}. Confined to one thread.
	 */
	public static final class Builder extends IndexBuilder<Builder> {

		private int bits = 4;

		private boolean useProd;

		private Builder(int dimension) {
			super(dimension);
		}

		/**
		 * Sets how many bits a coordinate takes. The default is 4.
		 * @param bits 2, 3 or 4; fewer take less memory and find fewer of the true
		 * neighbours
		 * @return this builder
		 */
		public Builder bits(int bits) {
			require(bits >= 2 && bits <= 4, "bits is %d, possible are 2, 3 and 4", bits);
			this.bits = bits;
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

		/**
		 * Makes the index.
		 * @return an empty index
		 * @throws IllegalArgumentException if the options do not go together, or take
		 * more than a quarter of the heap
		 */
		public SnapIndex build() {
			require(!this.useProd || this.bits >= 3, "useProd spends one of the bits, so bits must be 3 or 4, not %d",
					this.bits);
			if (this.useProd) {
				HeapShare.require(SnapQuantizer.sketchBytes(dimension()), sketch(dimension()));
			}
			return new SnapIndex(this);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
