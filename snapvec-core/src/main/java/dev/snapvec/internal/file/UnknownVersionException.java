package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

/**
 * Thrown if the version of a file cannot be read.
 */
public final class UnknownVersionException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception for a file with something that only a newer version knows.
	 * @param message what the file has
	 */
	public UnknownVersionException(String message) {
		super(message);
	}

	UnknownVersionException(FileKind kind, long version) {
		super(String.format(Locale.ROOT, "it is %s version %d, but readable are versions 1 to %d", kind.magic(),
				version, kind.version()));
	}

}
