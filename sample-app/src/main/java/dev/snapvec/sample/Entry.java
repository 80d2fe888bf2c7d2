package dev.snapvec.sample;

import java.util.Locale;

/**
 * What an id in an index stands for.
 *
 * @param id such as {@code n-02124272}
 * @param title the word or words it explains, or what a document calls itself
 * @param text the explanation, or what the document says
 */
record Entry(String id, String title, String text) {

	/** What is embedded to find it by its meaning. */
	String meaning() {
		return String.format(Locale.ROOT, "%s: %s", this.title, this.text);
	}

	/**
	 * What is embedded if it is known what kind of thing it is.
	 * @param kind such as rodent for hamster
	 * @return a text
	 */
	String meaning(String kind) {
		return String.format(Locale.ROOT, "%s (%s): %s", this.title, kind, this.text);
	}

}
