package dev.snapvec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.ResidualFormat;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.ResidualQuantizer;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import dev.snapvec.internal.rows.RowStore;

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

	private final int coarseBits;

	private final int residualBits;

	private final int rerank;

	private final Quantizer quantizer;

	private final RowStore store;

	private ResidualSnapIndex(Builder builder) {
		super(builder.settings());
		this.coarseBits = builder.coarseBits;
		this.residualBits = builder.residualBits;
		this.rerank = builder.rerank;
		this.quantizer = quantizer(settings(), this.coarseBits, this.residualBits);
		this.store = new RowStore(this.quantizer.layout(), 1);
	}

	private ResidualSnapIndex(IndexSettings settings, ResidualFormat.Header header, int rerank, Quantizer quantizer,
			RowStore store) {
		super(settings);
		this.coarseBits = header.coarseBits();
		this.residualBits = header.residualBits();
		this.rerank = rerank;
		this.quantizer = quantizer;
		this.store = store;
	}

	/**
	 * Begins an index of 4 + 4 bits.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(dimension);
	}

	private static Quantizer quantizer(IndexSettings settings, int coarseBits, int residualBits) {
		return new ResidualQuantizer(settings.dimension(), coarseBits, residualBits, settings.seed(),
				!settings.normalized(), settings.scoring());
	}

	static ResidualSnapIndex read(Loading loading, ResidualFormat.Header header) throws IOException {
		LoadOptions options = loading.options();
		SearchDefaults.requireNoNprobe(options.nprobe(), ResidualSnapIndex.class);
		IndexSettings settings = IndexSettings.ofFile(header, loading.attributes(), options);
		int rerank = savedRerank(loading.attributes());
		Quantizer quantizer = quantizer(settings, header.coarseBits(), header.residualBits());
		RowLoader loader = loading.rows(header, settings, quantizer);
		ResidualFormat.readRows(loading.source(), header, loader);
		return new ResidualSnapIndex(settings, header, (options.rerank() != null) ? options.rerank() : rerank,
				quantizer, loading.finish(loader, quantizer, new int[1]));
	}

	@Override
	void write(FileSink sink, RowOrder order, Map<String, String> attributes) throws IOException {
		ResidualFormat.write(sink, new ResidualFormat.Header(dimension(), this.coarseBits, this.residualBits,
				settings().seed(), settings().normalized(), order.size()), order, attributes);
	}

	@Override
	Integer defaultRerank() {
		return this.rerank;
	}

	@Override
	Map<String, String> searchDefaults() {
		return SearchDefaults.of(null, (this.rerank > 0) ? this.rerank : null);
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
	int rerank(SearchRequest request) {
		return SearchDefaults.rerank(request, this.rerank);
	}

	@Override
	Map<String, Object> parameters() {
		return parameters(this.coarseBits, this.residualBits, this.rerank);
	}

	private static int savedRerank(Map<String, String> attributes) throws IOException {
		SearchDefaults.requireNoNprobe(attributes, ResidualSnapIndex.class);
		return SearchDefaults.rerank(attributes, 0, true);
	}

	static Map<String, Object> parameters(ResidualFormat.Header header, Map<String, String> attributes)
			throws IOException {
		return parameters(header.coarseBits(), header.residualBits(), savedRerank(attributes));
	}

	private static Map<String, Object> parameters(int coarseBits, int residualBits, int rerank) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("coarseBits", coarseBits);
		parameters.put("residualBits", residualBits);
		parameters.put("rerank", rerank);
		return parameters;
	}

	/**
	 * Makes a {@link ResidualSnapIndex}. Confined to one thread.
	 */
	public static final class Builder extends IndexBuilder<Builder> {

		private int coarseBits = 4;

		private int residualBits = 4;

		private int rerank;

		private Builder(int dimension) {
			super(dimension);
		}

		/**
		 * Sets how many bits a coordinate takes in the first stage. The default is 4.
		 * @param coarseBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder coarseBits(int coarseBits) {
			require(coarseBits >= 2 && coarseBits <= 4, "coarseBits is %d, possible are 2, 3 and 4", coarseBits);
			this.coarseBits = coarseBits;
			return this;
		}

		/**
		 * Sets how many bits a coordinate takes in the second stage. The default is 4.
		 * @param residualBits 2, 3 or 4
		 * @return this builder
		 */
		public Builder residualBits(int residualBits) {
			require(residualBits >= 2 && residualBits <= 4, "residualBits is %d, possible are 2, 3 and 4",
					residualBits);
			this.residualBits = residualBits;
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
			require(rerank >= 0, "rerank is %d, it must be 0 or more", rerank);
			this.rerank = rerank;
			return this;
		}

		/**
		 * Makes the index.
		 * @return an empty index
		 */
		public ResidualSnapIndex build() {
			return new ResidualSnapIndex(this);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
