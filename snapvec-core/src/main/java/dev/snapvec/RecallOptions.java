package dev.snapvec;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How to measure the recall of an index. Immutable: setters return new options.
 *
 * @param samples number of stored vectors, drawn at random, to search for, at least 1;
 * all of them if the index holds fewer
 * @param topK number of hits to compare per vector, at least 1
 * @param seed seed of the random draw, which is the same for an index that does not
 * change
 * @param nprobe number of inverted lists to probe, or null for the index's default
 * @param rerank number of rows of the first pass to rerank, or null for the index's
 * default
 * @since 0.1.0
 */
public record RecallOptions(int samples, int topK, long seed, @Nullable Integer nprobe, @Nullable Integer rerank) {

	private static final RecallOptions DEFAULTS = new RecallOptions(100, 10, 0, null, null);

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if samples or topK is less than 1
	 */
	public RecallOptions {
		if (samples < 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "samples must be at least 1, but was %d", samples));
		}
		SearchRequest.requireTopK(topK);
	}

	/**
	 * Returns the defaults: recall@10 of 100 vectors, with the search defaults of the
	 * index.
	 * @return the options
	 */
	public static RecallOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets the number of stored vectors to search for: more take longer and give a
	 * smaller standard error of the recall.
	 * @param samples at least 1; all vectors if the index contains fewer
	 * @return new options
	 * @throws IllegalArgumentException if it is less than 1
	 */
	public RecallOptions samples(int samples) {
		return new RecallOptions(samples, this.topK, this.seed, this.nprobe, this.rerank);
	}

	/**
	 * Sets the number of hits to compare per vector.
	 * @param topK at least 1
	 * @return new options
	 */
	public RecallOptions topK(int topK) {
		return new RecallOptions(this.samples, topK, this.seed, this.nprobe, this.rerank);
	}

	/**
	 * Sets the seed of the random draw.
	 * @param seed any number
	 * @return new options
	 */
	public RecallOptions seed(long seed) {
		return new RecallOptions(this.samples, this.topK, seed, this.nprobe, this.rerank);
	}

	/**
	 * Overrides the index's number of inverted lists to probe.
	 * @param nprobe as for {@link SearchRequest.Builder#nprobe}
	 * @return new options
	 */
	public RecallOptions nprobe(int nprobe) {
		return new RecallOptions(this.samples, this.topK, this.seed, nprobe, this.rerank);
	}

	/**
	 * Overrides the index's number of rows to rerank.
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
