package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import dev.snapvec.internal.quantize.Quantizer;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all index types have. Not thread-safe.
 *
 * @param <B> the type of the concrete builder
 * @since 0.1.0
 */
public abstract sealed class IndexBuilder<B extends IndexBuilder<B>>
		permits SnapIndex.Builder, ResidualSnapIndex.Builder, ProductBuilder {

	private CommonSpec common;

	private Executor executor = ForkJoinPool.commonPool();

	private final Map<String, String> attributes = new LinkedHashMap<>();

	IndexBuilder(CommonSpec defaults) {
		this.common = defaults;
	}

	abstract B self();

	/**
	 * Returns the spec of the index to be built.
	 * @return type and settings
	 * @throws InvalidSpecException if settings contradict each other, or {@code opq},
	 * {@code useProd} or {@code nlist} needs a matrix that is too large for the heap
	 */
	public abstract IndexSpec spec();

	/**
	 * Builds an index; each call creates a new one.
	 * @return an empty index; a {@link TrainableIndex} must be fitted before vectors are
	 * added
	 * @throws InvalidSpecException if settings contradict each other, or {@code opq},
	 * {@code useProd} or {@code nlist} needs a matrix that is too large for the heap
	 */
	public abstract VectorIndex build();

	/**
	 * Sets the seed of all random numbers. The default is 0.
	 * @param seed 0 to 4294967295
	 * @return this builder
	 */
	public B seed(long seed) {
		this.common = this.common.withSeed(seed);
		return self();
	}

	/**
	 * Declares all vectors to be unit vectors, so that they need no normalization. Their
	 * norm is checked: it must be 1, with a tolerance of 0.001. The default is false.
	 * @param normalized whether all vectors are unit vectors
	 * @return this builder
	 */
	public B normalized(boolean normalized) {
		this.common = this.common.withNormalized(normalized);
		return self();
	}

	/**
	 * Sets the similarity that scores estimate. The default is the cosine.
	 * @param similarity the similarity
	 * @return this builder
	 */
	public B similarity(Similarity similarity) {
		this.common = this.common.withScores(similarity, this.common.correctedScores());
		return self();
	}

	/**
	 * Sets whether scores are corrected for the change of norm that quantization causes,
	 * which improves recall with the same codes. The default is true.
	 * @param correctedScores whether scores are corrected
	 * @return this builder
	 */
	public B correctedScores(boolean correctedScores) {
		this.common = this.common.withScores(this.common.similarity(), correctedScores);
		return self();
	}

	/**
	 * Sets the executor of the parallel parts of long operations; the calling thread
	 * takes part. The default is {@link ForkJoinPool#commonPool()}.
	 * @param executor the executor
	 * @return this builder
	 */
	public B executor(Executor executor) {
		this.executor = executor;
		return self();
	}

	/**
	 * Sets an attribute of the index, such as the model that computed the vectors.
	 * @param name the attribute's name
	 * @param value its value
	 * @return this builder
	 * @throws IllegalArgumentException if a file cannot hold the attribute
	 * @see VectorIndex#attributes(Map)
	 */
	public B attribute(String name, String value) {
		UserAttributes.require(name, value);
		this.attributes.put(name, value);
		return self();
	}

	/**
	 * Returns the attributes set so far.
	 * @return names and values, immutable
	 */
	public Map<String, String> attributes() {
		return Map.copyOf(this.attributes);
	}

	/**
	 * Returns the options that make a loaded index score, search and run as the built one
	 * would.
	 * @return the options
	 * @throws InvalidSpecException as for {@link #spec()}
	 */
	public LoadOptions loadOptions() {
		return LoadOptions.of(spec()).executor(this.executor);
	}

	CommonSpec common() {
		return this.common;
	}

	/** The parts of the index, with its quantizer if that needs no training. */
	IndexParts parts(@Nullable Quantizer quantizer) {
		return new IndexParts(this.executor, this.attributes,
				(quantizer != null) ? Fitted.of(quantizer, List.of()) : null);
	}

	/** Rejects the value of a setting if there is a reason to. */
	static void refuse(String setting, @Nullable String reason) {
		if (reason != null) {
			throw new InvalidSpecException(setting, "%s", reason);
		}
	}

}
