package dev.snapvec.internal.number;

import java.util.List;

import dev.snapvec.ProgressListener;
import org.jspecify.annotations.Nullable;

/**
 * The mutations of a handle that give numbers to rows, or ask for them. Each is recorded
 * by the log of the handle, is atomic, and increments the generation, as all mutations
 * do. Thread-safe.
 */
public interface NumberedHandle {

	/**
	 * Adds rows with numbers, all of them or none.
	 * @param call the called method, for messages
	 * @param rows the rows
	 * @param replace whether each replaces the row that has its id, if any
	 * @param numbering gives the numbers
	 * @param progress receives how many vectors are encoded
	 * @return the number of the first row; those of the others follow one by one
	 */
	long put(String call, NumberedRows rows, boolean replace, Numbering numbering, ProgressListener progress);

	/**
	 * Gives rows other numbers, together with another payload; their vectors stay.
	 * @param call the called method, for messages
	 * @param ids their ids, no two equal
	 * @param expected the present number of each, 0 for a row without; a row that has
	 * another one by now, or is gone, is left out
	 * @param payloads what the log keeps of each
	 * @param numbering gives the numbers
	 * @return the new number of each, or 0 where it is left out
	 */
	long[] renumber(String call, List<String> ids, long[] expected, byte[][] payloads, Numbering numbering);

	/**
	 * Deletes the rows of numbers, and no others, even if ids have other numbers by now.
	 * @param call the called method, for messages
	 * @param numbers the numbers, no two equal; those that no row has are ignored
	 * @return the number of rows deleted
	 */
	int delete(String call, long[] numbers);

	/**
	 * Sets the one listener to numbers that are gone.
	 * @param listener the listener, or null for none
	 */
	void listener(@Nullable NumberListener listener);

}
