package dev.snapvec.documents;

import java.util.Objects;

/**
 * A document that a search found. Immutable.
 *
 * @param document the document; its vector is null if vectors are not kept
 * @param score how well it matches, higher is better: similarity to the query, or a score
 * of ranks if the search combined rankings
 * @param vectorRank its rank by the similarity of vectors, from 1; 0 if it is not among
 * the best of them
 * @param wordRank its rank by the words of the text, from 1; 0 if it is not among the
 * best of them, or they were not searched for
 * @since 0.1.0
 */
public record DocumentHit(StoredDocument document, double score, int vectorRank, int wordRank) {

	/**
	 * Checks that there is a document.
	 */
	public DocumentHit {
		Objects.requireNonNull(document, "document");
	}

	/**
	 * {@return the id of the document}
	 */
	public String id() {
		return this.document.id();
	}

}
