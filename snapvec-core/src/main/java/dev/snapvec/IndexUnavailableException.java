package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * An index cannot be used now for a reason outside the engine. Other modules extend it
 * for what stands behind their indexes, such as a member of a cluster that does not
 * answer.
 *
 * @since 0.1.0
 */
public non-sealed class IndexUnavailableException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	/**
	 * Names the index and why it cannot be used.
	 * @param index the name of the index
	 * @param message why, without the name
	 * @param cause the failure behind it, or null
	 */
	public IndexUnavailableException(String index, String message, @Nullable Throwable cause) {
		super("index '" + index + "': " + message, cause);
	}

}
