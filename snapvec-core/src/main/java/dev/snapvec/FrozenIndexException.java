package dev.snapvec;

/**
 * A frozen index was asked to change.
 */
public final class FrozenIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	FrozenIndexException(String message) {
		super(message);
	}

}
