package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.internal.file.Reason;

/**
 * Thrown if a file or directory cannot be read or written.
 *
 * @since 0.1.0
 */
public final class IndexIoException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	/**
	 * Creates the exception.
	 * @param path the file or directory
	 * @param attempt the failed operation as a verb, such as {@code list}
	 * @param cause the failure
	 */
	public IndexIoException(Path path, String attempt, IOException cause) {
		this(path, String.format(Locale.ROOT, "cannot %s %s: %s", attempt, path, Reason.of(cause)), (Throwable) cause);
	}

	private IndexIoException(Path path, String message, Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * {@return the path of the file or directory}
	 */
	public Path path() {
		return this.path;
	}

}
