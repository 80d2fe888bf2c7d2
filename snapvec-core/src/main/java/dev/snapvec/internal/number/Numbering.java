package dev.snapvec.internal.number;

/**
 * Gives numbers to the rows of a mutation. Called while other mutations wait for it: must
 * return quickly, and must not change an index.
 */
public interface Numbering {

	/**
	 * Gives numbers to rows that are about to be recorded. No other mutation of their ids
	 * is in progress. Whoever asks for documents from now on must find them, because
	 * searches find the rows soon.
	 * @param rows which of the rows of the mutation, in ascending order, at least one
	 * @return the number of the first row, greater than all that were given before; those
	 * of the others follow one by one
	 */
	long begin(int[] rows);

	/**
	 * The mutation failed: no row has the numbers, nor will have them.
	 * @param first the number of the first row
	 * @param rows the number of rows
	 */
	void failed(long first, int rows);

}
