package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an index is temporarily unusable for a reason outside the engine. Other
 * modules extend it for their backends, such as a cluster member that does not respond.
 *
 * @since 0.1.0
 */
public non-sealed class IndexUnavailableException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param index the name of the index
	 * @param message why it cannot be used, without the name
	 * @param cause the underlying failure, or null
	 */
	public IndexUnavailableException(String index, String message, @Nullable Throwable cause) {
		super("index '" + index + "': " + message, cause);
	}

}
