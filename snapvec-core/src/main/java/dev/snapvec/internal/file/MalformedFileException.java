package dev.snapvec.internal.file;

import java.io.IOException;

/**
 * Thrown if a file violates its format. The message names what was found and what is
 * expected; the caller adds the path. See docs/adr/0004-errors-of-files.md.
 */
public final class MalformedFileException extends IOException {

	private static final long serialVersionUID = 1L;

	public MalformedFileException(String message) {
		super(message);
	}

}
