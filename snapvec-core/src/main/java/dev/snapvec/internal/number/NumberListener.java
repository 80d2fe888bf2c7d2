package dev.snapvec.internal.number;

/**
 * Receives numbers that no row has any more, because their rows were deleted or replaced,
 * by whatever mutation. Called when searches that start do not find them, while a
 * mutation is in progress: must return quickly, and must neither throw nor change an
 * index.
 */
@FunctionalInterface
public interface NumberListener {

	/**
	 * @param numbers the numbers, at least one
	 */
	void gone(long[] numbers);

}
