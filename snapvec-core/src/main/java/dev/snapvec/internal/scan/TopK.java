package dev.snapvec.internal.scan;

/**
 * The best rows so far: a heap whose root is the worst row kept. Among equal scores, the
 * earlier row is better. Not thread-safe.
 */
public final class TopK {

	private float[] scores = {};

	private int[] rows = {};

	private int capacity;

	private int size;

	/**
	 * Removes all rows.
	 * @param capacity number of rows to keep, at least 1
	 */
	public void reset(int capacity) {
		this.capacity = capacity;
		this.size = 0;
		if (this.rows.length < capacity) {
			this.scores = new float[capacity];
			this.rows = new int[capacity];
		}
	}

	/** Frees memory for very many rows, with its content. */
	void trim() {
		if (this.rows.length > Candidates.KEPT) {
			this.size = 0;
			this.scores = new float[0];
			this.rows = new int[0];
		}
	}

	public int size() {
		return this.size;
	}

	/**
	 * @return the score that a row must reach to be kept; a row of exactly this score is
	 * kept if it comes before the worst one
	 */
	public float threshold() {
		return (this.size < this.capacity) ? Float.NEGATIVE_INFINITY : this.scores[0];
	}

	public void offer(int row, float score) {
		if (this.size < this.capacity) {
			siftUp(row, score);
		}
		else if (isWorse(this.scores[0], this.rows[0], score, row)) {
			siftDown(this.size, row, score);
		}
	}

	private static boolean isWorse(float score, int row, float otherScore, int otherRow) {
		return score < otherScore || (score == otherScore && row > otherRow);
	}

	private void siftUp(int row, float score) {
		int at = this.size++;
		while (at > 0) {
			int parent = (at - 1) >>> 1;
			if (!isWorse(score, row, this.scores[parent], this.rows[parent])) {
				break;
			}
			this.scores[at] = this.scores[parent];
			this.rows[at] = this.rows[parent];
			at = parent;
		}
		this.scores[at] = score;
		this.rows[at] = row;
	}

	private void siftDown(int size, int row, float score) {
		int at = 0;
		while (2 * at + 1 < size) {
			int child = 2 * at + 1;
			if (child + 1 < size
					&& isWorse(this.scores[child + 1], this.rows[child + 1], this.scores[child], this.rows[child])) {
				child++;
			}
			if (!isWorse(this.scores[child], this.rows[child], score, row)) {
				break;
			}
			this.scores[at] = this.scores[child];
			this.rows[at] = this.rows[child];
			at = child;
		}
		this.scores[at] = score;
		this.rows[at] = row;
	}

	/**
	 * Sorts the rows, best first. Nothing may be offered afterwards, until the next
	 * {@link #reset}.
	 */
	public void sort() {
		for (int last = this.size - 1; last > 0; last--) {
			float worstScore = this.scores[0];
			int worstRow = this.rows[0];
			siftDown(last, this.rows[last], this.scores[last]);
			this.scores[last] = worstScore;
			this.rows[last] = worstRow;
		}
	}

	/**
	 * @param place a position, below {@link #size}
	 * @return the row at that position
	 */
	public int row(int place) {
		return this.rows[place];
	}

	/**
	 * @param place a position, below {@link #size}
	 * @return the score at that position
	 */
	public float score(int place) {
		return this.scores[place];
	}

}
