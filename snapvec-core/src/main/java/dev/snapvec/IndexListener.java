package dev.snapvec;

/**
 * Is told what happens to a {@link SafeIndex}, on the thread that does it and after it is
 * done. Every method does nothing by default; none may throw or block.
 *
 * @since 0.1.0
 */
public interface IndexListener {

	/**
	 * A search answered.
	 * @param index the index
	 * @param nanos how long it took
	 * @param hits how many rows it found
	 */
	default void searched(SafeIndex index, long nanos, int hits) {
	}

	/**
	 * Rows were added or replaced.
	 * @param index the index
	 * @param rows how many
	 */
	default void added(SafeIndex index, int rows) {
	}

	/**
	 * Rows were deleted.
	 * @param index the index
	 * @param rows how many
	 */
	default void deleted(SafeIndex index, int rows) {
	}

	/**
	 * Another index took the place of the one underneath.
	 * @param index the index
	 */
	default void replaced(SafeIndex index) {
	}

}
