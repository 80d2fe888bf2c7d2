package dev.snapvec;

import java.nio.file.Path;

/**
 * Thrown if another writer owns a store directory, or has taken it over.
 *
 * @since 0.1.0
 */
public final class StoreLockedException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param message the directory and its owner
	 */
	public StoreLockedException(Path directory, String message) {
		super(message);
		this.directory = directory;
	}

	/**
	 * {@return the path of the directory}
	 */
	public Path directory() {
		return this.directory;
	}

}
