package dev.snapvec.internal.number;

/**
 * Asks for documents, as the filter of a search. Immutable and thread-safe; two queries
 * are equal if they match the same documents.
 */
public interface NumberQuery {

	/**
	 * @return how many conditions it has, to which its memory is proportional
	 */
	int size();

	/**
	 * Takes the documents as they are now. No row of an index that has one of their
	 * numbers, now or before, is without its document here, as long as the row is live in
	 * the newest view.
	 * @return the documents, to be closed
	 */
	Prepared prepare();

	/** The documents of one moment. Used by one thread. */
	interface Prepared extends AutoCloseable {

		/**
		 * @return the number up to which all documents are there; rows of later ones may
		 * be visible already
		 */
		long newest();

		/**
		 * Emits the numbers of the documents that match, or of those that do not match if
		 * these are fewer.
		 * @param sink receives the numbers, in any order; numbers that no row has are
		 * ignored
		 * @return whether the numbers are those of documents that do not match
		 */
		boolean emit(Sink sink);

		@Override
		default void close() {
		}

	}

	/** Receives numbers. */
	@FunctionalInterface
	interface Sink {

		/**
		 * @param numbers some numbers, which may be overwritten afterwards
		 * @param count how many of them count
		 */
		void accept(long[] numbers, int count);

	}

}
