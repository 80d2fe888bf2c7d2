package dev.snapvec;

/**
 * Thrown if a mutation is called on a frozen index.
 *
 * @since 0.1.0
 */
public final class FrozenIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which index rejects mutations, and why
	 */
	public FrozenIndexException(String message) {
		super(message);
	}

}
