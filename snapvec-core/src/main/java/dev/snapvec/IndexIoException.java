package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.internal.file.Reason;

/**
 * A file or directory could not be read or written.
 *
 * @since 0.1.0
 */
public final class IndexIoException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Names the file or directory and what could not be done with it.
	 * @param path the file or directory
	 * @param attempt what was tried, such as {@code list}
	 * @param cause why it failed
	 */
	public IndexIoException(Path path, String attempt, IOException cause) {
		this(path, String.format(Locale.ROOT, "cannot %s %s: %s", attempt, path, Reason.of(cause)), (Throwable) cause);
	}

	private IndexIoException(Path path, String message, Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * Returns the file or directory in question.
	 * @return its path
	 */
	public Path path() {
		return this.path;
	}

}
