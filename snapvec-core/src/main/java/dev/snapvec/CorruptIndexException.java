package dev.snapvec;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file is not an index file, is truncated, or does not hold what its format says.
 *
 * @since 0.1.0
 */
public final class CorruptIndexException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Names the file and what is wrong with it.
	 * @param path the file
	 * @param message what was found and what was expected
	 * @param cause what found it, if anything did
	 */
	public CorruptIndexException(Path path, String message, @Nullable Throwable cause) {
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
