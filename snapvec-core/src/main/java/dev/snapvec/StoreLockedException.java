package dev.snapvec;

import java.nio.file.Path;

/**
 * A store directory is in use by another writer, or was taken over by one.
 *
 * @since 0.1.0
 */
public final class StoreLockedException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	/**
	 * Names the directory and who uses it.
	 * @param directory the directory
	 * @param message what was found
	 */
	public StoreLockedException(Path directory, String message) {
		super(message);
		this.directory = directory;
	}

	/**
	 * Returns the directory in question.
	 * @return its path
	 */
	public Path directory() {
		return this.directory;
	}

}
