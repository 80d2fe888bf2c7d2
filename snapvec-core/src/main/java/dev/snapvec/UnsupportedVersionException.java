package dev.snapvec;

import java.nio.file.Path;

/**
 * A file was written by a newer version of its format than can be read.
 */
public final class UnsupportedVersionException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	UnsupportedVersionException(Path path, String message, Throwable cause) {
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
