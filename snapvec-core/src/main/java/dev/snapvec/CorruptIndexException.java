package dev.snapvec;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a file is not an index file, is truncated, or violates its format.
 *
 * @since 0.1.0
 */
public final class CorruptIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Creates the exception.
	 * @param path the file
	 * @param message what was found and what is expected
	 * @param cause the underlying failure, or null
	 */
	public CorruptIndexException(Path path, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * {@return the path of the corrupt file}
	 */
	public Path path() {
		return this.path;
	}

}
