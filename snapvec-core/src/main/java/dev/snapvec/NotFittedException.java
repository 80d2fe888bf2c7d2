package dev.snapvec;

/**
 * Thrown if an index that needs training is used before {@code fit}.
 *
 * @since 0.1.0
 */
public final class NotFittedException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	NotFittedException(String message) {
		super(message);
	}

}
