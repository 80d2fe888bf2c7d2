package dev.snapvec.internal.number;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of the rows of an index. Thread-safe, with the guarantees of the index.
 */
public interface NumberedIndex {

	/** Visits rows. */
	@FunctionalInterface
	interface Visitor {

		/**
		 * @param id the id of a row
		 * @param number its number
		 */
		void visit(String id, long number);

	}

	/**
	 * @return the highest number that was ever given, as far as the index knows; 0 if no
	 * row had one
	 */
	long newest();

	/**
	 * @return the commit of documents that the file belonged to which the index was
	 * loaded from; 0 if it had none
	 */
	long commit();

	/**
	 * @param id an id
	 * @return the number of its row; 0 if the row has none, -1 if there is no row
	 */
	long number(String id);

	/**
	 * @param number a number
	 * @return the id of the row that has it, or null
	 */
	@Nullable String id(long number);

	/**
	 * Visits all rows that have a number, of one moment, in no particular order.
	 * @param visitor visits them
	 */
	void forEach(Visitor visitor);

	/**
	 * Adds rows, each replacing the one that has its id.
	 * @param ids their ids, no two equal
	 * @param vectors their vectors
	 * @param numbers their numbers, 0 for a row without
	 */
	void put(List<String> ids, float[][] vectors, long[] numbers);

	/**
	 * Gives rows other numbers; their vectors stay.
	 * @param ids ids, no two equal
	 * @param expected the present number of each row; one with another number is left out
	 * @param numbers their new numbers
	 */
	void renumber(List<String> ids, long[] expected, long[] numbers);

	/**
	 * Declares all numbers up to one as given.
	 * @param newest the highest of them
	 */
	void givenUpTo(long newest);

}
