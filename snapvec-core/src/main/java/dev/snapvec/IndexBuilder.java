package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import dev.snapvec.internal.quantize.Quantizer;
import org.jspecify.annotations.Nullable;

/**
 * The options that every index has. Confined to one thread.
 *
 * @param <B> the builder of an index type
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
	 * Returns what the index will be.
	 * @return type and settings
	 * @throws InvalidSpecException if settings do not go together, or take more than a
	 * quarter of the heap
	 */
	public abstract IndexSpec spec();

	/**
	 * Makes the index.
	 * @return an empty index, to be fitted if its type is trained
	 * @throws InvalidSpecException if settings do not go together, or take more than a
	 * quarter of the heap
	 */
	public abstract VectorIndex build();

	/**
	 * Sets the seed of everything random. The default is 0.
	 * @param seed 0 to 4294967295
	 * @return this builder
	 */
	public B seed(long seed) {
		this.common = this.common.withSeed(seed);
		return self();
	}

	/**
	 * Promises that all vectors have length 1, which saves their normalisation. The
	 * promise is checked, to 0.001. The default is false.
	 * @param normalized whether vectors have length 1
	 * @return this builder
	 */
	public B normalized(boolean normalized) {
		this.common = this.common.withNormalized(normalized);
		return self();
	}

	/**
	 * Sets what scores estimate. The default is the cosine.
	 * @param similarity the similarity
	 * @return this builder
	 */
	public B similarity(Similarity similarity) {
		this.common = this.common.withScores(similarity, this.common.correctedScores());
		return self();
	}

	/**
	 * Sets whether scores make up for what quantization does to a vector's length, which
	 * finds more of the true neighbours from the same codes. The default is true.
	 * @param correctedScores whether scores are corrected
	 * @return this builder
	 */
	public B correctedScores(boolean correctedScores) {
		this.common = this.common.withScores(this.common.similarity(), correctedScores);
		return self();
	}

	/**
	 * Sets what runs the parallel parts of long operations, beside the calling thread.
	 * The default is the common pool.
	 * @param executor the executor
	 * @return this builder
	 */
	public B executor(Executor executor) {
		this.executor = executor;
		return self();
	}

	/**
	 * Notes something of the index, such as the model that made the vectors.
	 * @param name its name
	 * @param value its value
	 * @return this builder
	 * @throws IllegalArgumentException if it cannot be saved
	 * @see VectorIndex#attributes(Map)
	 */
	public B attribute(String name, String value) {
		UserAttributes.require(name, value);
		this.attributes.put(name, value);
		return self();
	}

	/**
	 * Returns what is noted of the index.
	 * @return names and values so far, immutable
	 */
	public Map<String, String> attributes() {
		return Map.copyOf(this.attributes);
	}

	/**
	 * Returns the options with which a file scores, searches and works as the index
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

	/** What the index is made of, with its quantizer if that needs no training. */
	IndexParts parts(@Nullable Quantizer quantizer) {
		return new IndexParts(this.executor, this.attributes,
				(quantizer != null) ? Fitted.of(quantizer, List.of()) : null);
	}

	/** Refuses the value of a setting, if there is a reason to. */
	static void refuse(String setting, @Nullable String reason) {
		if (reason != null) {
			throw new InvalidSpecException(setting, "%s", reason);
		}
	}

}
