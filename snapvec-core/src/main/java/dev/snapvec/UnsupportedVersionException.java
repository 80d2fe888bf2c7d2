package dev.snapvec;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a file has a newer format version than this library can read.
 *
 * @since 0.1.0
 */
public final class UnsupportedVersionException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Creates the exception.
	 * @param path the file
	 * @param message the version found and those that can be read
	 * @param cause the underlying failure, or null
	 */
	public UnsupportedVersionException(Path path, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * {@return the path of the file}
	 */
	public Path path() {
		return this.path;
	}

}
