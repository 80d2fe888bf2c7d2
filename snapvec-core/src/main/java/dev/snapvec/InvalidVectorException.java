package dev.snapvec;

/**
 * Thrown if a vector cannot be added or searched for: it has the wrong dimension, holds
 * NaN or infinity, or is not a unit vector although the index is normalized.
 *
 * @since 0.1.0
 */
public final class InvalidVectorException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	InvalidVectorException(String message) {
		super(message);
	}

}
