package dev.snapvec;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import org.jspecify.annotations.Nullable;

/**
 * Overrides how a loaded index scores, searches and runs; anything not set is as it was
 * saved. Immutable: setters return new options.
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
	 * Returns options that override nothing: the index scores and searches as it did when
	 * it was saved, one from Python as a new index does.
	 * @return the options
	 */
	public static LoadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns options that score and search by a spec, whatever the file says. Loading
	 * fails with an {@link IllegalArgumentException} if the file's index cannot, because
	 * it is of another type or has fewer lists.
	 * @param spec how to score and search
	 * @return the options
	 */
	public static LoadOptions of(IndexSpec spec) {
		Map<String, Object> parameters = spec.parameters();
		return new LoadOptions(spec.common().similarity(), spec.common().correctedScores(),
				(Integer) parameters.get("nprobe"), (Integer) parameters.get("rerank"), null);
	}

	/** The spec of a file with what the options override. */
	IndexSpec applyTo(IndexSpec spec) {
		CommonSpec common = spec.common();
		return spec
			.withScores((this.similarity != null) ? this.similarity : common.similarity(),
					(this.correctedScores != null) ? this.correctedScores : common.correctedScores())
			.withSearch(this.nprobe, this.rerank);
	}

	/**
	 * Sets the similarity that scores estimate.
	 * @param similarity the similarity
	 * @return new options
	 */
	public LoadOptions similarity(Similarity similarity) {
		return new LoadOptions(similarity, this.correctedScores, this.nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets whether scores are corrected for the change of norm that quantization causes.
	 * Uncorrected scores of the similarity that Python uses for the type equal Python's.
	 * @param correctedScores whether scores are corrected
	 * @return new options
	 */
	public LoadOptions correctedScores(boolean correctedScores) {
		return new LoadOptions(this.similarity, correctedScores, this.nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets the number of inverted lists that a search probes, unless its request sets
	 * another one. Loading fails with an {@link IllegalArgumentException} if the index
	 * has fewer lists, or none.
	 * @param nprobe at least 1
	 * @return new options
	 * @throws IllegalArgumentException if it is less than 1
	 */
	public LoadOptions nprobe(int nprobe) {
		LEAST_NPROBE.require(nprobe);
		return new LoadOptions(this.similarity, this.correctedScores, nprobe, this.rerank, this.executor);
	}

	/**
	 * Sets the number of rows that a search reranks, unless its request sets another one.
	 * Loading fails with an {@link IllegalArgumentException} if the index does not
	 * support rerank.
	 * @param rerank the number of rows, 0 for none
	 * @return new options
	 * @throws IllegalArgumentException if it is negative
	 */
	public LoadOptions rerank(int rerank) {
		Rerank.RANGE.require(rerank);
		return new LoadOptions(this.similarity, this.correctedScores, this.nprobe, rerank, this.executor);
	}

	/**
	 * Sets the executor of the parallel parts of long operations.
	 * @param executor the executor; the default is the common pool
	 * @return new options
	 */
	public LoadOptions executor(Executor executor) {
		return new LoadOptions(this.similarity, this.correctedScores, this.nprobe, this.rerank, executor);
	}

	Executor executor() {
		return (this.executor != null) ? this.executor : ForkJoinPool.commonPool();
	}

}
