package dev.snapvec.internal.file;

import java.io.IOException;
import java.util.Locale;

/**
 * A file's version is not one that can be read.
 */
public final class UnknownVersionException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * A file has something that only a newer version knows.
	 * @param message what it has
	 */
	public UnknownVersionException(String message) {
		super(message);
	}

	UnknownVersionException(FileKind kind, long version) {
		super(String.format(Locale.ROOT, "it is %s version %d, readable are versions 1 to %d", kind.magic(), version,
				kind.version()));
	}

}
