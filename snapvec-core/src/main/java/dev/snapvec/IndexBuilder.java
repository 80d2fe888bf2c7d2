package dev.snapvec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import org.jspecify.annotations.Nullable;

/**
 * The options that every index has. Confined to one thread.
 *
 * @param <B> the builder of an index type
 * @since 0.1.0
 */
public abstract sealed class IndexBuilder<B extends IndexBuilder<B>>
		permits SnapIndex.Builder, ResidualSnapIndex.Builder, ProductBuilder {

	/** Where the file formats end. */
	private static final long MAX_SEED = 0xffffffffL;

	private static final int MAX_DIMENSION = 65_536;

	private final int dimension;

	private long seed;

	private boolean normalized;

	private Similarity similarity = Similarity.COSINE;

	private boolean correctedScores = true;

	private Executor executor = ForkJoinPool.commonPool();

	private final Map<String, String> attributes = new LinkedHashMap<>();

	IndexBuilder(int dimension) {
		require(dimension >= 1 && dimension <= MAX_DIMENSION, "dimension is %d, possible are 1 to %d", dimension,
				MAX_DIMENSION);
		this.dimension = dimension;
	}

	abstract B self();

	static void require(boolean valid, String message, @Nullable Object... arguments) {
		if (!valid) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, message, arguments));
		}
	}

	/**
	 * Sets the seed of everything random. The default is 0.
	 * @param seed 0 to 4294967295
	 * @return this builder
	 */
	public B seed(long seed) {
		require(seed >= 0 && seed <= MAX_SEED, "seed is %d, possible are 0 to %d", seed, MAX_SEED);
		this.seed = seed;
		return self();
	}

	/**
	 * Promises that all vectors have length 1, which saves their normalisation. The
	 * promise is checked, to 0.001. The default is false.
	 * @param normalized whether vectors have length 1
	 * @return this builder
	 */
	public B normalized(boolean normalized) {
		this.normalized = normalized;
		return self();
	}

	/**
	 * Sets what scores estimate. The default is the cosine.
	 * @param similarity the similarity
	 * @return this builder
	 */
	public B similarity(Similarity similarity) {
		this.similarity = similarity;
		return self();
	}

	/**
	 * Sets whether scores make up for what quantization does to a vector's length, which
	 * finds more of the true neighbours from the same codes. The default is true.
	 * @param correctedScores whether scores are corrected
	 * @return this builder
	 */
	public B correctedScores(boolean correctedScores) {
		this.correctedScores = correctedScores;
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
	 * @see VectorIndex#attributes(Map)
	 */
	public B attribute(String name, String value) {
		this.attributes.put(name, value);
		return self();
	}

	int dimension() {
		return this.dimension;
	}

	long seed() {
		return this.seed;
	}

	IndexSettings settings() {
		return new IndexSettings(this.dimension, this.seed, this.normalized, this.similarity, this.correctedScores,
				this.executor, this.attributes);
	}

}
