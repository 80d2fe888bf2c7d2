package dev.snapvec.sample;

import java.util.Locale;

/**
 * A document has the id of another one.
 */
class DuplicateIdException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateIdException(String id) {
		super(String.format(Locale.ROOT, "there is a document '%s' already; delete it first, or choose another id",
				id));
	}

}
