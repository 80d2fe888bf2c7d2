package dev.snapvec;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How to measure the recall of an index. Immutable.
 *
 * @param samples how many stored vectors to ask for, drawn at random, at least 1; all if
 * the index holds fewer
 * @param topK how many hits of each to look at, at least 1
 * @param seed settles which vectors are drawn from an index that does not change
 * @param nprobe how many lists to scan, or null for the index's own
 * @param rerank how many rows of the first pass to score again, or null for the index's
 * own
 * @since 0.1.0
 */
public record RecallOptions(int samples, int topK, long seed, @Nullable Integer nprobe, @Nullable Integer rerank) {

	private static final RecallOptions DEFAULTS = new RecallOptions(100, 10, 0, null, null);

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if samples or topK is out of its range
	 */
	public RecallOptions {
		if (samples < 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "samples is %d, it must be at least 1", samples));
		}
		SearchRequest.requireTopK(topK);
	}

	/**
	 * Looks at the ten best hits of a hundred vectors, with the settings of the index.
	 * @return the options
	 */
	public static RecallOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets how many vectors to ask for: the more, the longer it takes and the surer the
	 * figure.
	 * @param samples at least 1
	 * @return new options
	 */
	public RecallOptions samples(int samples) {
		return new RecallOptions(samples, this.topK, this.seed, this.nprobe, this.rerank);
	}

	/**
	 * Sets how many hits of each to look at.
	 * @param topK at least 1
	 * @return new options
	 */
	public RecallOptions topK(int topK) {
		return new RecallOptions(this.samples, topK, this.seed, this.nprobe, this.rerank);
	}

	/**
	 * Sets which vectors are drawn.
	 * @param seed any number
	 * @return new options
	 */
	public RecallOptions seed(long seed) {
		return new RecallOptions(this.samples, this.topK, seed, this.nprobe, this.rerank);
	}

	/**
	 * Tries another number of lists to scan than the index's own.
	 * @param nprobe as for {@link SearchRequest.Builder#nprobe}
	 * @return new options
	 */
	public RecallOptions nprobe(int nprobe) {
		return new RecallOptions(this.samples, this.topK, this.seed, nprobe, this.rerank);
	}

	/**
	 * Tries another number of rows to score again than the index's own.
	 * @param rerank as for {@link SearchRequest.Builder#rerank}
	 * @return new options
	 */
	public RecallOptions rerank(int rerank) {
		return new RecallOptions(this.samples, this.topK, this.seed, this.nprobe, rerank);
	}

	/** A request with these settings. */
	SearchRequest request() {
		SearchRequest.Builder request = SearchRequest.of(new float[0]).topK(this.topK);
		if (this.nprobe != null) {
			request.nprobe(this.nprobe);
		}
		if (this.rerank != null) {
			request.rerank(this.rerank);
		}
		return request.build();
	}

}
