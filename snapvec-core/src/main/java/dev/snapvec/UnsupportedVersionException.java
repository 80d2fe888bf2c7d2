package dev.snapvec;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file was written by a newer version of its format than can be read.
 *
 * @since 0.1.0
 */
public final class UnsupportedVersionException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Names the file and its version.
	 * @param path the file
	 * @param message what was found and what can be read
	 * @param cause what found it, if anything did
	 */
	public UnsupportedVersionException(Path path, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * Returns the file in question.
	 * @return its path
	 */
	public Path path() {
		return this.path;
	}

}
