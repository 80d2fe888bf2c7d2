package dev.snapvec.documents;

/** A change that Lucene does not hold yet. */
sealed interface TailChange {

	/**
	 * {@return the number of the change: that of a document put, and one of its own for a
	 * removal}
	 */
	long at();

	/**
	 * {@return the number of the document that is put or removed}
	 */
	long number();

	/**
	 * {@return the approximate size in bytes}
	 */
	long size();

	/**
	 * A new document, or a new version of one.
	 *
	 * @param number its number
	 * @param document the document
	 */
	record Put(long number, StoredDocument document) implements TailChange {

		@Override
		public long at() {
			return this.number;
		}

		@Override
		public long size() {
			return this.document.size();
		}

	}

	/**
	 * The removal of a document, or of an older version of one.
	 *
	 * @param number the number of the document
	 * @param at the number of the removal
	 */
	record Removal(long number, long at) implements TailChange {

		@Override
		public long size() {
			return 2L * Long.BYTES;
		}

	}

}
