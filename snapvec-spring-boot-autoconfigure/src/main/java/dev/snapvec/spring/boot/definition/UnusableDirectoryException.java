package dev.snapvec.spring.boot.definition;

import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.IndexIoException;

/**
 * The directory of an index cannot be made, read or written.
 * <p>
 * Internal: not for applications.
 */
public class UnusableDirectoryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	public UnusableDirectoryException(IndexDefinition definition, IndexIoException cause) {
		super(String.format(Locale.ROOT, "index '%s' has no directory to live in: %s", definition.name(),
				cause.getMessage()), cause);
		this.directory = definition.directory();
	}

	public Path directory() {
		return this.directory;
	}

}
