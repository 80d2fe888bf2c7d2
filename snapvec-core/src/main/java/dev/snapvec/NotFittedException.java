package dev.snapvec;

/**
 * An index that must be trained was asked to add or search before {@code fit}.
 *
 * @since 0.1.0
 */
public final class NotFittedException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	NotFittedException(String message) {
		super(message);
	}

}
