package dev.snapvec.sample;

import java.util.Locale;

/**
 * The text of an id in an index.
 *
 * @param id the id, such as {@code n-02124272}
 * @param title the word or words it explains, or the title of a document
 * @param text the explanation, or the text of the document
 */
record Entry(String id, String title, String text) {

	/** Returns the text to embed. */
	String meaning() {
		return String.format(Locale.ROOT, "%s: %s", this.title, this.text);
	}

	/**
	 * Returns the text to embed if a hypernym is known.
	 * @param kind the hypernym, such as rodent for hamster
	 * @return the text
	 */
	String meaning(String kind) {
		return String.format(Locale.ROOT, "%s (%s): %s", this.title, kind, this.text);
	}

}
