package dev.snapvec.internal.scan;

import java.util.Arrays;

/**
 * The candidates of a search, each with a lower and an upper bound of its score. They are
 * collected without order; from time to time, those are dropped that cannot be among the
 * best any more. Not thread-safe.
 */
final class Candidates {

	/** With fewer candidates, dropping is not worthwhile. */
	private static final int LEAST = 256;

	/** Maximum capacity that is retained between searches. */
	static final int KEPT = 1 << 14;

	private final Kernel kernel;

	private int wanted;

	private int size;

	/** The number of candidates at which some are dropped. */
	private int limit;

	private float threshold;

	private int[] rows = {};

	private float[] lower = {};

	private float[] upper = {};

	private float[] scratch = {};

	private long[] order = {};

	Candidates(Kernel kernel) {
		this.kernel = kernel;
	}

	/**
	 * Removes all candidates.
	 * @param wanted number of best rows that must be kept
	 */
	void reset(int wanted) {
		this.wanted = wanted;
		this.size = 0;
		this.limit = LEAST + 2 * Math.min(wanted, Integer.MAX_VALUE / 8);
		this.threshold = Float.NEGATIVE_INFINITY;
	}

	/** Frees memory beyond the retained capacity, with its content. */
	void trim() {
		if (this.rows.length > KEPT) {
			this.size = 0;
			this.rows = new int[0];
			this.lower = new float[0];
			this.upper = new float[0];
			this.scratch = new float[0];
			this.order = new long[0];
		}
	}

	int size() {
		return this.size;
	}

	int row(int number) {
		return this.rows[number];
	}

	int[] rows() {
		return this.rows;
	}

	/**
	 * @return the upper bound that a row must reach to be among the best
	 */
	float threshold() {
		return this.threshold;
	}

	/**
	 * Adds a row. Rows of equal scores must be added in the order of preference.
	 */
	void offer(int row, float lower, float upper) {
		if (this.size == this.limit) {
			narrow();
			this.limit = Math.max(this.limit, 2 * this.size);
		}
		if (upper < this.threshold) {
			return;
		}
		if (this.size == this.rows.length) {
			grow();
		}
		this.rows[this.size] = row;
		this.lower[this.size] = lower;
		this.upper[this.size++] = upper;
	}

	private void grow() {
		int room = Math.max(LEAST, 2 * this.size);
		this.rows = Arrays.copyOf(this.rows, room);
		this.lower = Arrays.copyOf(this.lower, room);
		this.upper = Arrays.copyOf(this.upper, room);
		this.scratch = new float[room];
		this.order = new long[room];
	}

	/**
	 * Replaces the bounds of all rows by scores, and drops rows that are not among the
	 * best by them.
	 * @param scores one score per row, in their order
	 * @param wanted number of best rows that must be kept
	 */
	void narrow(float[] scores, int wanted) {
		System.arraycopy(scores, 0, this.lower, 0, this.size);
		System.arraycopy(scores, 0, this.upper, 0, this.size);
		narrow(wanted);
	}

	/** Drops rows that cannot be among a smaller number of wanted ones. */
	void narrow(int wanted) {
		this.wanted = wanted;
		narrow();
	}

	/** Drops all rows that cannot be among the wanted ones. */
	void narrow() {
		if (this.size <= this.wanted) {
			return;
		}
		System.arraycopy(this.lower, 0, this.scratch, 0, this.size);
		float threshold = this.kernel.largest(this.scratch, this.size, this.wanted);
		this.threshold = threshold;
		int better = 0;
		int equal = 0;
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			float lower = this.lower[i];
			float upper = this.upper[i];
			better += (lower > threshold) ? 1 : 0;
			equal += (upper == threshold && lower == upper) ? 1 : 0;
			this.rows[kept] = this.rows[i];
			this.lower[kept] = lower;
			this.upper[kept] = upper;
			kept += (upper >= threshold) ? 1 : 0;
		}
		this.size = kept;
		if (equal > this.wanted - better) {
			dropLastEqual(this.wanted - better);
		}
	}

	/**
	 * Of the rows whose score equals the threshold, keeps only the first ones that are
	 * wanted.
	 */
	private void dropLastEqual(int wanted) {
		int rest = wanted;
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			boolean equal = this.upper[i] == this.threshold && this.lower[i] == this.upper[i];
			if (!equal || rest-- > 0) {
				this.rows[kept] = this.rows[i];
				this.lower[kept] = this.lower[i];
				this.upper[kept++] = this.upper[i];
			}
		}
		this.size = kept;
	}

	/**
	 * Sorts the rows by their upper bounds, for {@link #ranked}.
	 */
	void rank() {
		for (int i = 0; i < this.size; i++) {
			this.order[i] = (long) Selection.ordered(-this.upper[i]) << Integer.SIZE | i;
		}
		Arrays.sort(this.order, 0, this.size);
	}

	/**
	 * @param place a position in the order, below {@link #size}
	 * @return the number of the row there, for {@link #row} and {@link #upper}
	 */
	int ranked(int place) {
		return (int) this.order[place];
	}

	float upper(int number) {
		return this.upper[number];
	}

}
