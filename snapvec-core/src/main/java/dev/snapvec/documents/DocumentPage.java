package dev.snapvec.documents;

import java.util.List;

/**
 * Some of the documents of a listing, in the order in which they were added or changed.
 * Immutable.
 *
 * @param documents the documents; empty behind the last one
 * @param next where the next page starts
 * @since 0.1.0
 */
public record DocumentPage(List<StoredDocument> documents, long next) {

	/**
	 * Where the first page starts.
	 */
	public static final long START = 0;

	/**
	 * Copies the list.
	 */
	public DocumentPage {
		documents = List.copyOf(documents);
	}

}
