package dev.snapvec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.IvfPqFormat;
import dev.snapvec.internal.quantize.CoarseCentroids;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.IvfPqQuantizer;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
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

	/** Rows scored again with full precision, where nothing else is said. */
	private static final int RERANK = 100;

	private final ProductOptions options;

	private final int nlist;

	private final boolean fullPrecision;

	private final int nprobe;

	private final int rerank;

	private IvfPqSnapIndex(Builder builder, ProductOptions options) {
		super(builder.settings(), null);
		this.options = options;
		this.nlist = builder.nlist;
		this.fullPrecision = builder.fullPrecision;
		this.nprobe = (builder.nprobe != null) ? builder.nprobe : defaultNprobe(builder.nlist);
		this.rerank = (builder.rerank != null) ? builder.rerank : defaultRerank(builder.fullPrecision);
	}

	private IvfPqSnapIndex(IndexSettings settings, IvfPqFormat.Header header, int nprobe, int rerank, Fitted fitted) {
		super(settings, fitted);
		this.options = ProductOptions.of(header.product());
		this.nlist = header.nlist();
		this.fullPrecision = header.fullPrecision();
		this.nprobe = nprobe;
		this.rerank = rerank;
	}

	private static int savedNprobe(IvfPqFormat.Header header, Map<String, String> attributes) throws IOException {
		return SearchDefaults.nprobe(attributes, defaultNprobe(header.nlist()), header.nlist());
	}

	private static int savedRerank(IvfPqFormat.Header header, Map<String, String> attributes) throws IOException {
		return SearchDefaults.rerank(attributes, defaultRerank(header.fullPrecision()), header.fullPrecision());
	}

	private static int defaultNprobe(int nlist) {
		return Math.max(1, nlist / 16);
	}

	private static int defaultRerank(boolean fullPrecision) {
		return fullPrecision ? RERANK : 0;
	}

	/**
	 * Begins an index.
	 * @param dimension length of the vectors, 1 to 65536
	 * @return a builder
	 */
	public static Builder builder(int dimension) {
		return new Builder(dimension);
	}

	@Override
	int leastSample() {
		return Math.max(this.nlist, this.options.centroids());
	}

	@Override
	int transformedLength() {
		return this.options.length();
	}

	@Override
	List<String> warningsFor(int sampleRows) {
		return Training.isScarce(sampleRows, this.nlist) ? List.of(String.format(Locale.ROOT,
				"the sample has %d vectors for %d lists, there should be at least %d (30 a list)", sampleRows,
				this.nlist, Training.leastRows(this.nlist))) : List.of();
	}

	@Override
	Quantizer learn(float[][] sample, Training training) {
		Transform transform = this.options.learnTransform(settings(), sample, training);
		float[][] transformed = training.transformed(transform, sample);
		CoarseCentroids coarse = training.coarse(transformed, this.nlist);
		Codebooks codebooks = training.codebooks(training.residuals(transformed, coarse), this.options.subspaces(),
				this.options.centroids());
		return new IvfPqQuantizer(transform, coarse, codebooks, this.fullPrecision, !settings().normalized(),
				settings().scoring());
	}

	static IvfPqSnapIndex read(Loading loading, IvfPqFormat.Header header) throws IOException {
		LoadOptions options = loading.options();
		IndexSettings settings = IndexSettings.ofFile(header, loading.attributes(), options);
		int nprobe = SearchDefaults.nprobe(options.nprobe(), savedNprobe(header, loading.attributes()), header.nlist());
		SearchDefaults.requireFullPrecision(options.rerank(), header.fullPrecision());
		int savedRerank = savedRerank(header, loading.attributes());
		int rerank = (options.rerank() != null) ? options.rerank() : savedRerank;
		FileSource source = loading.source();
		ProductOptions product = ProductOptions.of(header.product());
		CoarseCentroids coarse = new CoarseCentroids(header.nlist(), product.length(),
				IvfPqFormat.readCoarse(source, header));
		Codebooks codebooks = new Codebooks(product.subspaces(), product.centroids(),
				product.length() / product.subspaces(), header.product().readCodebooks(source));
		Transform transform = product.transform(settings, header.product().readRotation(source));
		IvfPqQuantizer quantizer = new IvfPqQuantizer(transform, coarse, codebooks, header.fullPrecision(),
				!settings.normalized(), settings.scoring());
		RowLoader loader = loading.rows(header, settings, quantizer);
		int[] offsets = IvfPqFormat.readRows(source, header, loader);
		return new IvfPqSnapIndex(settings, header, nprobe, rerank,
				new Fitted(quantizer, loading.finish(loader, quantizer, offsets), List.of()));
	}

	@Override
	void write(FileSink sink, RowOrder order, Map<String, String> attributes) throws IOException {
		IvfPqQuantizer quantizer = (IvfPqQuantizer) quantizer();
		IvfPqFormat.Header header = new IvfPqFormat.Header(this.options.header(settings()), this.nlist,
				this.fullPrecision, settings().seed(), order.size());
		IvfPqFormat.write(sink, header, quantizer.coarse().values(), quantizer.codebooks().values(),
				quantizer.transform().rotation(), order, attributes);
	}

	@Override
	Integer defaultNprobe() {
		return this.nprobe;
	}

	@Override
	@Nullable Integer defaultRerank() {
		return this.fullPrecision ? this.rerank : null;
	}

	@Override
	Map<String, String> searchDefaults() {
		return SearchDefaults.of((this.nprobe != defaultNprobe(this.nlist)) ? this.nprobe : null,
				(this.rerank != defaultRerank(this.fullPrecision)) ? this.rerank : null);
	}

	@Override
	int nprobe(SearchRequest request) {
		return SearchDefaults.nprobe(request.nprobe(), this.nprobe, this.nlist);
	}

	@Override
	int rerank(SearchRequest request) {
		SearchDefaults.requireFullPrecision(request.rerank(), this.fullPrecision);
		return SearchDefaults.rerank(request, this.rerank);
	}

	@Override
	Map<String, Object> parameters() {
		return parameters(this.nlist, this.options, this.fullPrecision, this.nprobe, this.rerank);
	}

	private static Map<String, Object> parameters(int nlist, ProductOptions options, boolean fullPrecision, int nprobe,
			int rerank) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put("nlist", nlist);
		options.putInto(parameters);
		parameters.put("keepFullPrecision", fullPrecision);
		parameters.put("nprobe", nprobe);
		parameters.put("rerank", rerank);
		return parameters;
	}

	static Map<String, Object> parameters(IvfPqFormat.Header header, Map<String, String> attributes)
			throws IOException {
		return parameters(header.nlist(), ProductOptions.of(header.product()), header.fullPrecision(),
				savedNprobe(header, attributes), savedRerank(header, attributes));
	}

	/**
	 * Makes an {@link IvfPqSnapIndex}. Confined to one thread.
	 */
	public static final class Builder extends ProductBuilder<Builder> {

		private int nlist = 256;

		private boolean fullPrecision;

		private @Nullable Integer nprobe;

		private @Nullable Integer rerank;

		private Builder(int dimension) {
			super(dimension);
		}

		/**
		 * Sets how many lists rows are spread over. The default is 256; twice the square
		 * root of the number of rows is a good choice.
		 * @param nlist at least 1
		 * @return this builder
		 */
		public Builder nlist(int nlist) {
			require(nlist >= 1, "nlist is %d, it must be at least 1", nlist);
			this.nlist = nlist;
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
			this.fullPrecision = keepFullPrecision;
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
			require(rerank >= 0, "rerank is %d, it must be 0 or more", rerank);
			this.rerank = rerank;
			return this;
		}

		/**
		 * Makes the index.
		 * @return an index to be fitted
		 * @throws IllegalArgumentException if the options do not go together
		 */
		public IvfPqSnapIndex build() {
			Integer nprobe = this.nprobe;
			require(nprobe == null || (nprobe >= 1 && nprobe <= this.nlist),
					"nprobe is %d, possible are 1 to %d, the nlist", nprobe, this.nlist);
			Integer rerank = this.rerank;
			require(rerank == null || rerank == 0 || this.fullPrecision,
					"rerank is %d, but without keepFullPrecision there is nothing to score with", rerank);
			ProductOptions options = options();
			require(Training.fitArray(this.nlist, options.length()),
					"nlist is %d and vectors have length %d: their product must be less than 2^31", this.nlist,
					options.length());
			return new IvfPqSnapIndex(this, options);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
