package dev.snapvec.sample;

/**
 * The names of the indexes in {@code application.yml}.
 */
final class Indexes {

	/** The dictionary; frozen once it is filled. */
	static final String WORDNET = "wordnet";

	/** Documents added over HTTP; writable. */
	static final String DOCUMENTS = "documents";

	private Indexes() {
	}

}
