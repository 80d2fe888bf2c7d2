package dev.snapvec;

import java.util.Locale;

/**
 * One result of a search.
 *
 * @param id the id of the vector
 * @param score estimated similarity to the query, higher is better; see
 * {@link Similarity} for the range
 * @param number identifies the version of the document that was found, so that its text
 * can be told from that of a later version; 0 if the vector has no document
 * @since 0.1.0
 */
public record Hit(String id, float score, long number) {

	/**
	 * Creates a hit of a vector without document.
	 * @param id the id of the vector
	 * @param score estimated similarity to the query
	 */
	public Hit(String id, float score) {
		this(id, score, 0);
	}

	/** Without the number if there is none. */
	@Override
	public String toString() {
		return (this.number == 0) ? "Hit[id=" + this.id + ", score=" + this.score + "]"
				: String.format(Locale.ROOT, "Hit[id=%s, score=%s, number=%d]", this.id, this.score, this.number);
	}

}
