package dev.snapvec;

/**
 * A vector cannot be added or searched for: it has the wrong length, holds NaN or
 * infinity, or is not of length 1 where that was promised.
 *
 * @since 0.1.0
 */
public final class InvalidVectorException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	InvalidVectorException(String message) {
		super(message);
	}

}
