package dev.snapvec;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import org.jspecify.annotations.Nullable;

/**
 * How a loaded index shall score and work, where that is not to be as it was saved.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class LoadOptions {

	private static final LoadOptions DEFAULTS = new LoadOptions(null, null, null, null, null);

	private static final SettingRange LEAST_NPROBE = SettingRange.atLeast("nprobe", 1);

	private final @Nullable Similarity similarity;

	private final @Nullable Boolean correctedScores;

	private final @Nullable Integer nprobe;

	private final @Nullable Integer rerank;

	private final @Nullable Executor executor;

	private LoadOptions(@Nullable Similarity similarity, @Nullable Boolean correctedScores, @Nullable Integer nprobe,
			@Nullable Integer rerank, @Nullable Executor executor) {
		this.similarity = similarity;
		this.correctedScores = correctedScores;
		this.nprobe = nprobe;
		this.rerank = rerank;
		this.executor = executor;
	}

	/**
	 * Scores and searches as the index did when it was saved; files from Python do as a
	 * new index does.
	 * @return the options
	 */
	public static LoadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Scores and searches as a spec says, whatever the file does. Loading fails with an
	 * {@link IllegalArgumentException} if the file's index cannot, as it is of another
	 * type or has fewer lists.
	 * @param spec how to score and search
	 * @return the options
	 */
	public static LoadOptions of(IndexSpec spec) {
		Map<String, Object> parameters = spec.parameters();
		return new LoadOptions(spec.common().similarity(), spec.common().correctedScores(),
				(Integer) parameters.get("nprobe"), (Integer) parameters.get("rerank"), null);
	}

	/** A file's index, as far as the options do not change it. */
	IndexSpec applyTo(IndexSpec spec) {
		CommonSpec common = spec.common();
		return spec
			.withScores((this.similarity != null) ? this.similarity : common.similarity(),
					(this.correctedScores != null) ? this.correctedScores : common.correctedScores())
			.withSearch(this.nprobe, this.rerank);
	}

	/**
	 * Sets what scores estimate.
	 * @param similarity the similarity
	 * @return new options
	 */
	public LoadOptions similarity(Similarity similarity) {
		return new LoadOptions(similarity, this.correctedScores, this.nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets whether scores make up for what quantization does to a vector's length.
	 * Without, and with the similarity that Python has for the type, scores are Python's.
	 * @param correctedScores whether scores are corrected
	 * @return new options
	 */
	public LoadOptions correctedScores(boolean correctedScores) {
		return new LoadOptions(this.similarity, correctedScores, this.nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets how many lists a search scans, where a request does not say. Loading fails
	 * with an {@link IllegalArgumentException} if the index has not as many, or none.
	 * @param nprobe at least 1
	 * @return new options
	 * @throws IllegalArgumentException if it is less
	 */
	public LoadOptions nprobe(int nprobe) {
		LEAST_NPROBE.require(nprobe);
		return new LoadOptions(this.similarity, this.correctedScores, nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets how many rows of the scan are scored again, where a request does not say.
	 * Loading fails with an {@link IllegalArgumentException} if the index has nothing
	 * finer to score with.
	 * @param rerank the number of rows, 0 for none
	 * @return new options
	 * @throws IllegalArgumentException if it is negative
	 */
	public LoadOptions rerank(int rerank) {
		Rerank.RANGE.require(rerank);
		return new LoadOptions(this.similarity, this.correctedScores, this.nprobe, rerank, this.executor);
	}

	/**
	 * Sets what runs the parallel parts of long operations.
	 * @param executor the executor; the common pool by default
	 * @return new options
	 */
	public LoadOptions executor(Executor executor) {
		return new LoadOptions(this.similarity, this.correctedScores, this.nprobe, this.rerank, executor);
	}

	Executor executor() {
		return (this.executor != null) ? this.executor : ForkJoinPool.commonPool();
	}

}
