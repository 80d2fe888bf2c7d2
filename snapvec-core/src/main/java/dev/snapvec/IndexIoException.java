package dev.snapvec;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

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
		this(path, String.format(Locale.ROOT, "cannot %s %s: %s", attempt, path, reason(cause)), (Throwable) cause);
	}

	private IndexIoException(Path path, String message, Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	/**
	 * The exceptions of the file system often have a file's name for all their message.
	 */
	private static String reason(IOException cause) {
		if (cause instanceof NoSuchFileException) {
			return "no such file or directory: " + cause.getMessage();
		}
		if (cause instanceof FileAlreadyExistsException) {
			return "a file is in its place: " + cause.getMessage();
		}
		if (cause instanceof AccessDeniedException) {
			return "access denied: " + cause.getMessage();
		}
		return (cause instanceof FileSystemException) ? cause.getClass().getSimpleName() + ": " + cause.getMessage()
				: String.valueOf(cause.getMessage());
	}

	/**
	 * Returns the file or directory in question.
	 * @return its path
	 */
	public Path path() {
		return this.path;
	}

}
