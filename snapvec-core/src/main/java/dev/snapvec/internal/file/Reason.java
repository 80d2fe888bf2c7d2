package dev.snapvec.internal.file;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * The reason of a failure, for the message of another exception. Many exceptions have no
 * message, and the message of a file system exception is often just the name of a file.
 */
public final class Reason {

	private Reason() {
	}

	/**
	 * @param cause the failure
	 * @return its reason, never empty
	 */
	public static String of(Throwable cause) {
		if (cause instanceof ClosedByInterruptException) {
			return "the thread was interrupted";
		}
		if (cause instanceof ClosedChannelException) {
			return "the file was closed while it was used";
		}
		String message = cause.getMessage();
		String kind = (cause instanceof FileSystemException) ? kind(cause) : null;
		if (message == null || message.isBlank()) {
			return (kind != null) ? kind : name(cause);
		}
		return (kind != null) ? kind + ": " + message : message;
	}

	private static String kind(Throwable cause) {
		if (cause instanceof NoSuchFileException) {
			return "no such file or directory";
		}
		if (cause instanceof FileAlreadyExistsException) {
			return "a file of that name exists";
		}
		if (cause instanceof AccessDeniedException) {
			return "access denied";
		}
		if (cause instanceof NotDirectoryException) {
			return "not a directory";
		}
		return (cause instanceof DirectoryNotEmptyException) ? "the directory is not empty" : name(cause);
	}

	private static String name(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		return name.isEmpty() ? cause.getClass().getName() : name;
	}

}
