package dev.snapvec;

import java.nio.file.Path;

/**
 * A file is not an index file, is truncated, or does not hold what its format says.
 */
public final class CorruptIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	CorruptIndexException(Path path, String message, Throwable cause) {
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
