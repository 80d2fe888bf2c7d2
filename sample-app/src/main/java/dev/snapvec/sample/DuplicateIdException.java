package dev.snapvec.sample;

import java.util.Locale;

/**
 * Thrown if a document has the id of an existing one.
 */
class DuplicateIdException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateIdException(String id) {
		super(String.format(Locale.ROOT, "document '%s' already exists; delete it first, or choose another id", id));
	}

}
