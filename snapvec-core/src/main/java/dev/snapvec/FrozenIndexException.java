package dev.snapvec;

/**
 * A frozen index was asked to change.
 *
 * @since 0.1.0
 */
public final class FrozenIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	/**
	 * Says which index refuses to change, and why.
	 * @param message which index, and why
	 */
	public FrozenIndexException(String message) {
		super(message);
	}

}
