package dev.snapvec.internal.file;

import java.io.IOException;

/**
 * A file does not hold what its format says. The message states what was found and what
 * was expected; the caller adds which file.
 */
public final class MalformedFileException extends IOException {

	private static final long serialVersionUID = 1L;

	public MalformedFileException(String message) {
		super(message);
	}

}
