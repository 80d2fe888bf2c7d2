package dev.snapvec.spring.boot.definition;

import java.nio.file.Path;
import java.util.Locale;

import dev.snapvec.IndexIoException;

/**
 * Thrown if the directory of an index cannot be created, read or written.
 * <p>
 * Internal: not for applications.
 */
public class UnusableDirectoryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	public UnusableDirectoryException(IndexDefinition definition, IndexIoException cause) {
		super(String.format(Locale.ROOT, "the directory of index '%s' is not usable: %s", definition.name(),
				cause.getMessage()), cause);
		this.directory = definition.directory();
	}

	public Path directory() {
		return this.directory;
	}

}
