package dev.snapvec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.snapvec.internal.file.FileSink;
import dev.snapvec.internal.file.FileSource;
import dev.snapvec.internal.file.PqFormat;
import dev.snapvec.internal.quantize.Codebooks;
import dev.snapvec.internal.quantize.PqQuantizer;
import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.quantize.Training;
import dev.snapvec.internal.quantize.Transform;
import dev.snapvec.internal.rows.RowLoader;
import dev.snapvec.internal.rows.RowOrder;
import org.jspecify.annotations.Nullable;

/**
 * The smallest index: a vector is split into subspaces, and each is kept as the number of
 * the nearest of up to 256 learned centroids. Every search scans all rows.
 * <p>
 * A row takes {@code subspaces} bytes, half of that with at most 16 centroids, and a few
 * more. Scores are cosines by default; Python multiplies them by the vector's length
 * unless vectors are normalized, which is {@link Similarity#DOT_PRODUCT} here.
 * <p>
 * H. Jégou, M. Douze and C. Schmid, <i>Product Quantization for Nearest Neighbor
 * Search</i> (2011); for {@code opq} T. Ge, K. He, Q. Ke and J. Sun, <i>Optimized Product
 * Quantization</i> (2014).
 *
 * @since 0.1.0
 */
public final class PqSnapIndex extends TrainedIndex {

	private final ProductOptions options;

	private PqSnapIndex(IndexSettings settings, ProductOptions options, @Nullable Fitted fitted) {
		super(settings, fitted);
		this.options = options;
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
		return this.options.centroids();
	}

	@Override
	int transformedLength() {
		return this.options.length();
	}

	@Override
	List<String> warningsFor(int sampleRows) {
		return List.of();
	}

	@Override
	Quantizer learn(float[][] sample, Training training) {
		Transform transform = this.options.learnTransform(settings(), sample, training);
		Codebooks codebooks = training.codebooks(training.transformed(transform, sample), this.options.subspaces(),
				this.options.centroids());
		return new PqQuantizer(transform, codebooks, !settings().normalized(), settings().scoring());
	}

	static PqSnapIndex read(Loading loading, PqFormat.Header header) throws IOException {
		SearchDefaults.requireNoNprobe(loading.options().nprobe(), PqSnapIndex.class);
		SearchDefaults.requireNoRerank(loading.options().rerank(), PqSnapIndex.class);
		requireNoSearchDefaults(loading.attributes());
		IndexSettings settings = IndexSettings.ofFile(header, loading.attributes(), loading.options());
		FileSource source = loading.source();
		ProductOptions product = ProductOptions.of(header.product());
		Codebooks codebooks = new Codebooks(product.subspaces(), product.centroids(),
				product.length() / product.subspaces(), header.product().readCodebooks(source));
		Transform transform = product.transform(settings, header.product().readRotation(source));
		PqQuantizer quantizer = new PqQuantizer(transform, codebooks, !settings.normalized(), settings.scoring());
		RowLoader loader = loading.rows(header, settings, quantizer);
		PqFormat.readRows(source, header, loader);
		return new PqSnapIndex(settings, product,
				new Fitted(quantizer, loading.finish(loader, quantizer, new int[1]), List.of()));
	}

	@Override
	void write(FileSink sink, RowOrder order, Map<String, String> attributes) throws IOException {
		PqQuantizer quantizer = (PqQuantizer) quantizer();
		PqFormat.write(sink, new PqFormat.Header(this.options.header(settings()), settings().seed(), order.size()),
				quantizer.codebooks().values(), quantizer.transform().rotation(), order, attributes);
	}

	@Override
	Map<String, Object> parameters() {
		return parameters(this.options);
	}

	private static void requireNoSearchDefaults(Map<String, String> attributes) throws IOException {
		SearchDefaults.requireNoNprobe(attributes, PqSnapIndex.class);
		SearchDefaults.requireNoRerank(attributes, PqSnapIndex.class);
	}

	static Map<String, Object> parameters(PqFormat.Header header, Map<String, String> attributes) throws IOException {
		requireNoSearchDefaults(attributes);
		return parameters(ProductOptions.of(header.product()));
	}

	private static Map<String, Object> parameters(ProductOptions options) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		options.putInto(parameters);
		return parameters;
	}

	/**
	 * Makes a {@link PqSnapIndex}. Confined to one thread.
	 */
	public static final class Builder extends ProductBuilder<Builder> {

		private Builder(int dimension) {
			super(dimension);
		}

		/**
		 * Makes the index.
		 * @return an index to be fitted
		 * @throws IllegalArgumentException if the options do not go together
		 */
		public PqSnapIndex build() {
			return new PqSnapIndex(settings(), options(), null);
		}

		@Override
		Builder self() {
			return this;
		}

	}

}
