package dev.snapvec;

/**
 * Receives the events of a {@link SafeIndex}, on the thread that caused them and after
 * they happened. Called concurrently by many threads, with no lock held. By default every
 * method does nothing; none may throw or block.
 *
 * @since 0.1.0
 */
public interface IndexListener {

	/**
	 * A search has returned.
	 * @param index the index
	 * @param nanos its duration in nanoseconds
	 * @param hits the number of hits
	 */
	default void searched(SafeIndex index, long nanos, int hits) {
	}

	/**
	 * Rows were added or replaced.
	 * @param index the index
	 * @param rows the number of rows
	 */
	default void added(SafeIndex index, int rows) {
	}

	/**
	 * Rows were deleted.
	 * @param index the index
	 * @param rows the number of rows
	 */
	default void deleted(SafeIndex index, int rows) {
	}

	/**
	 * The index behind the handle was replaced.
	 * @param index the index
	 */
	default void replaced(SafeIndex index) {
	}

}
