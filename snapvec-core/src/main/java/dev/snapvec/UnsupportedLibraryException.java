package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an optional library that a feature needs is missing, or has an unsupported
 * version. The message names both versions and the dependency to add.
 *
 * @since 0.1.0
 */
public final class UnsupportedLibraryException extends SnapvecException {

	private static final long serialVersionUID = 1L;

	private final String library;

	private final @Nullable String found;

	/**
	 * Creates the exception.
	 * @param message what needs the library, the version found, and what to add
	 * @param library the dependency to add, such as
	 * {@code org.apache.lucene:lucene-core:9.12.3}
	 * @param found the version found, or null if there is none
	 */
	public UnsupportedLibraryException(String message, String library, @Nullable String found) {
		super(message);
		this.library = library;
		this.found = found;
	}

	/**
	 * {@return the dependency to add, as group, artifact and version separated by colons}
	 */
	public String library() {
		return this.library;
	}

	/**
	 * {@return the version found, or null if the library is missing}
	 */
	public @Nullable String found() {
		return this.found;
	}

}
