package dev.snapvec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What to search for. Immutable: it holds a copy of the query.
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

	private final @Nullable IdFilter filter;

	private final @Nullable Integer nprobe;

	private final @Nullable Integer rerank;

	private final @Nullable Float minScore;

	private int hash;

	private SearchRequest(float[] query, int topK, @Nullable IdFilter filter, @Nullable Integer nprobe,
			@Nullable Integer rerank, @Nullable Float minScore) {
		this.query = query;
		this.topK = topK;
		this.filter = filter;
		this.nprobe = nprobe;
		this.rerank = rerank;
		this.minScore = minScore;
	}

	/**
	 * Begins a request for the ten best hits.
	 * @param query a vector of the index's dimension, finite and of any length; one of
	 * all zeros finds nothing
	 * @return a builder
	 */
	public static Builder of(float[] query) {
		return new Builder(query);
	}

	/**
	 * Returns the query.
	 * @return a copy
	 */
	public float[] query() {
		return this.query.clone();
	}

	float[] sharedQuery() {
		return this.query;
	}

	/**
	 * Returns how many hits to find at most.
	 * @return at least 1
	 */
	public int topK() {
		return this.topK;
	}

	/**
	 * Returns the ids that may be found.
	 * @return the filter, or null for all
	 */
	public @Nullable IdFilter filter() {
		return this.filter;
	}

	/**
	 * Returns how many lists to scan.
	 * @return the number, or null for the index's own
	 */
	public @Nullable Integer nprobe() {
		return this.nprobe;
	}

	/**
	 * Returns how many rows of the first pass to score again.
	 * @return the number, 0 for a single pass, or null for the index's own
	 */
	public @Nullable Integer rerank() {
		return this.rerank;
	}

	/**
	 * Returns the lowest score that a hit may have.
	 * @return the score, or null if every score will do
	 */
	public @Nullable Float minScore() {
		return this.minScore;
	}

	/**
	 * Returns this request to be kept, such as in the key of a cache: what its filter
	 * remembers of an index, a bit for each of its rows, is left out.
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

	/** Kept, as a cache asks for it more than once; 0 until it is. */
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
	 * Makes a {@link SearchRequest}. Confined to one thread.
	 */
	public static final class Builder {

		private final float[] query;

		private int topK = 10;

		private @Nullable IdFilter filter;

		private @Nullable Integer nprobe;

		private @Nullable Integer rerank;

		private @Nullable Float minScore;

		private Builder(float[] query) {
			this.query = query.clone();
		}

		/**
		 * Sets how many hits to find at most. The default is 10.
		 * @param topK at least 1; more than the index holds finds all it holds
		 * @return this builder
		 */
		public Builder topK(int topK) {
			requireTopK(topK);
			this.topK = topK;
			return this;
		}

		/**
		 * Restricts which ids may be found.
		 * @param filter the allowed ids
		 * @return this builder
		 */
		public Builder among(IdFilter filter) {
			this.filter = filter;
			return this;
		}

		/**
		 * Sets how many lists an {@link IvfPqSnapIndex} scans, 1 to its {@code nlist};
		 * more find more and take longer. Other types refuse it.
		 * @param nprobe the number of lists
		 * @return this builder
		 */
		public Builder nprobe(int nprobe) {
			this.nprobe = nprobe;
			return this;
		}

		/**
		 * Sets how many rows of a cheap first pass are scored again more exactly, at
		 * least {@code topK}; 0 for a single pass. For {@link ResidualSnapIndex}, and
		 * {@link IvfPqSnapIndex} with full precision; other types refuse it.
		 * @param rerank the number of rows
		 * @return this builder
		 */
		public Builder rerank(int rerank) {
			this.rerank = rerank;
			return this;
		}

		/**
		 * Sets the lowest score that a hit may have. The best hits are searched for as
		 * without it, and those below are left out. The default is none.
		 * @param minScore a score on the scale of {@link Hit#score()}: for cosine -1 to 1
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
		 * Makes the request.
		 * @return the request
		 */
		public SearchRequest build() {
			return new SearchRequest(this.query, this.topK, this.filter, this.nprobe, this.rerank, this.minScore);
		}

	}

	static void requireTopK(int topK) {
		if (topK < 1) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "topK is %d, it must be at least 1", topK));
		}
	}

}
