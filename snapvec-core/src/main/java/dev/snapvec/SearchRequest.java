package dev.snapvec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One search: the query, the number of hits, and optional settings. Immutable, with a
 * copy of the query, and thread-safe.
 *
 * <pre>{@code
 * SearchRequest.of(query).topK(10).among(IdFilter.of(allowed)).build()
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SearchRequest {

	private final float[] query;

	private final int topK;

	private final @Nullable RowFilter filter;

	private final @Nullable Integer nprobe;

	private final @Nullable Integer rerank;

	private final @Nullable Float minScore;

	private int hash;

	private SearchRequest(float[] query, int topK, @Nullable RowFilter filter, @Nullable Integer nprobe,
			@Nullable Integer rerank, @Nullable Float minScore) {
		this.query = query;
		this.topK = topK;
		this.filter = filter;
		this.nprobe = nprobe;
		this.rerank = rerank;
		this.minScore = minScore;
	}

	/**
	 * Starts to build a request for the ten best hits.
	 * @param query a vector of the index's dimension, of finite numbers and any norm; one
	 * of all zeros has no hits
	 * @return a builder
	 */
	public static Builder of(float[] query) {
		return new Builder(query);
	}

	/**
	 * {@return a copy of the query}
	 */
	public float[] query() {
		return this.query.clone();
	}

	float[] sharedQuery() {
		return this.query;
	}

	/**
	 * {@return the number of hits at most, at least 1}
	 */
	public int topK() {
		return this.topK;
	}

	/**
	 * {@return the filter, or null for none}
	 */
	public @Nullable RowFilter filter() {
		return this.filter;
	}

	/**
	 * {@return the number of inverted lists to probe, or null for the index's default}
	 */
	public @Nullable Integer nprobe() {
		return this.nprobe;
	}

	/**
	 * {@return the number of rows of the first pass to rerank, 0 for a single pass, or
	 * null for the index's default}
	 */
	public @Nullable Integer rerank() {
		return this.rerank;
	}

	/**
	 * {@return the lowest score of a hit, or null for any score}
	 */
	public @Nullable Float minScore() {
		return this.minScore;
	}

	/**
	 * Returns this request without the row mask that its filter caches, one bit per row
	 * of an index. Use it to retain a request, for example in the key of a cache.
	 * @return an equal request
	 */
	public SearchRequest detached() {
		if (this.filter == null) {
			return this;
		}
		SearchRequest detached = new SearchRequest(this.query, this.topK, this.filter.detached(), this.nprobe,
				this.rerank, this.minScore);
		detached.hash = hashCode();
		return detached;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SearchRequest that && Arrays.equals(this.query, that.query) && this.topK == that.topK
				&& Objects.equals(this.filter, that.filter) && Objects.equals(this.nprobe, that.nprobe)
				&& Objects.equals(this.rerank, that.rerank) && Objects.equals(this.minScore, that.minScore);
	}

	/** Computed once, because a cache asks for it several times; 0 until then. */
	@Override
	public int hashCode() {
		int hash = this.hash;
		if (hash == 0) {
			long mixed = RequestHash.of(this.query);
			mixed = RequestHash.of(mixed, this.topK);
			mixed = RequestHash.of(mixed, (this.filter != null) ? this.filter.hashCode() : Long.MIN_VALUE);
			mixed = RequestHash.of(mixed, RequestHash.ofOptional(this.nprobe));
			mixed = RequestHash.of(mixed, RequestHash.ofOptional(this.rerank));
			mixed = RequestHash.of(mixed,
					(this.minScore != null) ? Float.floatToIntBits(this.minScore) : Long.MIN_VALUE);
			hash = (int) mixed;
			this.hash = hash;
		}
		return hash;
	}

	/**
	 * Builder of a {@link SearchRequest}. Not thread-safe.
	 */
	public static final class Builder {

		private final float[] query;

		private int topK = 10;

		private @Nullable RowFilter filter;

		private @Nullable Integer nprobe;

		private @Nullable Integer rerank;

		private @Nullable Float minScore;

		private Builder(float[] query) {
			this.query = query.clone();
		}

		/**
		 * Sets the number of hits at most. The default is 10.
		 * @param topK at least 1; if it is more than the index holds, all are found
		 * @return this builder
		 */
		public Builder topK(int topK) {
			requireTopK(topK);
			this.topK = topK;
			return this;
		}

		/**
		 * Restricts the rows that may be found.
		 * @param filter allows or excludes rows, such as an {@link IdFilter}
		 * @return this builder
		 */
		public Builder among(RowFilter filter) {
			this.filter = filter;
			return this;
		}

		/**
		 * Sets the number of inverted lists that an {@link IvfPqSnapIndex} probes, 1 to
		 * its {@code nlist}; more improve recall and take longer. Other types reject it.
		 * @param nprobe the number of lists
		 * @return this builder
		 */
		public Builder nprobe(int nprobe) {
			this.nprobe = nprobe;
			return this;
		}

		/**
		 * Sets the number of rows of a cheap first pass that are reranked with more
		 * precise data, at least {@code topK}; 0 for a single pass. Supported by
		 * {@link ResidualSnapIndex}, and {@link IvfPqSnapIndex} with full precision;
		 * other types reject it.
		 * @param rerank the number of rows
		 * @return this builder
		 */
		public Builder rerank(int rerank) {
			this.rerank = rerank;
			return this;
		}

		/**
		 * Sets the lowest score of a hit. The search itself is the same; hits with a
		 * lower score are dropped from its result. The default is none.
		 * @param minScore a score in the range of {@link Hit#score()}, for cosine -1 to 1
		 * @return this builder
		 */
		public Builder minScore(float minScore) {
			if (Float.isNaN(minScore)) {
				throw new IllegalArgumentException("minScore must be a number, but was NaN");
			}
			this.minScore = minScore;
			return this;
		}

		/**
		 * Builds the request.
		 * @return the request
		 */
		public SearchRequest build() {
			return new SearchRequest(this.query, this.topK, this.filter, this.nprobe, this.rerank, this.minScore);
		}

	}

	static void requireTopK(int topK) {
		if (topK < 1) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "topK must be at least 1, but was %d", topK));
		}
	}

}
