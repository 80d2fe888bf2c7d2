package dev.snapvec;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file could not be read or written.
 */
public final class IndexIoException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final transient Path path;

	IndexIoException(Path path, String message, Throwable cause) {
		super(message, cause);
		this.path = path;
	}

	static IndexIoException reading(Path path, IOException cause) {
		return new IndexIoException(path, "cannot read %s: %s".formatted(path, reason(cause)), cause);
	}

	static IndexIoException writing(Path path, IOException cause) {
		return new IndexIoException(path, "cannot write %s: %s".formatted(path, reason(cause)), cause);
	}

	/**
	 * The exceptions of the file system often have a file's name for all their message.
	 */
	private static String reason(IOException cause) {
		if (cause instanceof NoSuchFileException) {
			return "no such file or directory: " + cause.getMessage();
		}
		if (cause instanceof AccessDeniedException) {
			return "access denied: " + cause.getMessage();
		}
		return (cause instanceof FileSystemException) ? cause.getClass().getSimpleName() + ": " + cause.getMessage()
				: String.valueOf(cause.getMessage());
	}

	/**
	 * Returns the file in question.
	 * @return its path
	 */
	public Path path() {
		return this.path;
	}

}
