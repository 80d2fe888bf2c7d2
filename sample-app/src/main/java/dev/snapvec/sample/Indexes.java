package dev.snapvec.sample;

/**
 * The names of the indexes, as {@code application.yml} has them.
 */
final class Indexes {

	/** Frozen once it is filled: entries of the dictionary. */
	static final String WORDNET = "wordnet";

	/** Open to writing: what is added over HTTP. */
	static final String DOCUMENTS = "documents";

	private Indexes() {
	}

}
