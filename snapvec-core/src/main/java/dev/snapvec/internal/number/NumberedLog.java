package dev.snapvec.internal.number;

import java.util.List;

import dev.snapvec.MutationLog;

/**
 * A log that also records numbers, and a payload per numbered row.
 */
public interface NumberedLog extends MutationLog {

	/**
	 * Rows with numbers are put, as by {@link MutationLog#put}.
	 * @param rows the rows
	 * @param first the number of the first; those of the others follow one by one
	 */
	void put(NumberedRows rows, long first);

	/**
	 * The rows of numbers are deleted.
	 * @param ids their ids
	 * @param numbers their numbers, all in the index
	 */
	void delete(List<String> ids, long[] numbers);

	/**
	 * Rows are given other numbers.
	 * @param ids their ids
	 * @param expected the present number of each
	 * @param first the new number of the first; those of the others follow one by one
	 * @param payloads the new payload of each
	 */
	void renumber(List<String> ids, long[] expected, long first, byte[][] payloads);

}
