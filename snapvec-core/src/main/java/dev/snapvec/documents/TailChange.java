package dev.snapvec.documents;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** A change that Lucene does not hold yet. */
sealed interface TailChange {

	/**
	 * {@return the number of the document that is put or removed}
	 */
	long number();

	/**
	 * {@return the approximate size in bytes}
	 */
	long size();

	/** A new document, or a new version of one. Thread-safe. */
	final class Put implements TailChange {

		private final long number;

		private final StoredDocument document;

		private volatile @Nullable WordCounts words;

		Put(long number, StoredDocument document) {
			this.number = number;
			this.document = document;
		}

		@Override
		public long number() {
			return this.number;
		}

		StoredDocument document() {
			return this.document;
		}

		/**
		 * {@return the words of the text, which are counted once}
		 * @param text counts the words of a text
		 */
		WordCounts words(Function<String, WordCounts> text) {
			WordCounts words = this.words;
			if (words == null) {
				words = text.apply((this.document.text() != null) ? this.document.text() : "");
				this.words = words;
			}
			return words;
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
	 */
	record Removal(long number) implements TailChange {

		@Override
		public long size() {
			return Long.BYTES;
		}

	}

}
