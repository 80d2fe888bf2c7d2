package dev.snapvec.sample;

/**
 * What an id in the index stands for.
 *
 * @param id such as {@code n-02124272}
 * @param word the word or words it explains
 * @param gloss the explanation
 */
record Entry(String id, String word, String gloss) {

	/** What is embedded to find it by its meaning. */
	String text() {
		return "%s: %s".formatted(this.word, this.gloss);
	}

	/**
	 * What is embedded if it is known what kind of thing it is.
	 * @param kind such as rodent for hamster
	 * @return a text
	 */
	String text(String kind) {
		return "%s (%s): %s".formatted(this.word, kind, this.gloss);
	}

}
