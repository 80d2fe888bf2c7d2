package dev.snapvec.sample;

/**
 * A document has the id of another one.
 */
class DuplicateIdException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DuplicateIdException(String id) {
		super("there is a document '%s' already; delete it first, or choose another id".formatted(id));
	}

}
