package dev.snapvec;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * How a loaded index shall score and work, where that is not to be as it was saved.
 * Immutable.
 */
public final class LoadOptions {

	private static final LoadOptions DEFAULTS = new LoadOptions(null, null, null);

	private final @Nullable Similarity similarity;

	private final @Nullable Boolean correctedScores;

	private final @Nullable Executor executor;

	private LoadOptions(@Nullable Similarity similarity, @Nullable Boolean correctedScores,
			@Nullable Executor executor) {
		this.similarity = similarity;
		this.correctedScores = correctedScores;
		this.executor = executor;
	}

	/**
	 * Scores as the index did when it was saved; files from Python score as a new index
	 * does.
	 * @return the options
	 */
	public static LoadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets what scores estimate.
	 * @param similarity the similarity
	 * @return new options
	 */
	public LoadOptions similarity(Similarity similarity) {
		return new LoadOptions(similarity, this.correctedScores, this.executor);
	}

	/**
	 * Sets whether scores make up for what quantization does to a vector's length.
	 * Without, and with the similarity that Python has for the type, scores are Python's.
	 * @param correctedScores whether scores are corrected
	 * @return new options
	 */
	public LoadOptions correctedScores(boolean correctedScores) {
		return new LoadOptions(this.similarity, correctedScores, this.executor);
	}

	/**
	 * Sets what runs the parallel parts of long operations.
	 * @param executor the executor; the common pool by default
	 * @return new options
	 */
	public LoadOptions executor(Executor executor) {
		return new LoadOptions(this.similarity, this.correctedScores, executor);
	}

	@Nullable Similarity similarity() {
		return this.similarity;
	}

	@Nullable Boolean correctedScores() {
		return this.correctedScores;
	}

	@Nullable Executor executor() {
		return this.executor;
	}

}
