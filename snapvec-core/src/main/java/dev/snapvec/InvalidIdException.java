package dev.snapvec;

/**
 * Thrown if an id cannot be added: it is in the index already, given twice, too long, or
 * not encodable in UTF-8.
 *
 * @since 0.1.0
 */
public final class InvalidIdException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	InvalidIdException(String message) {
		super(message);
	}

}
