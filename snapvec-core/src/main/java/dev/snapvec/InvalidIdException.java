package dev.snapvec;

/**
 * An id cannot be added: it is there already, given twice, too long, or not text that
 * UTF-8 can hold.
 *
 * @since 0.1.0
 */
public final class InvalidIdException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	InvalidIdException(String message) {
		super(message);
	}

}
