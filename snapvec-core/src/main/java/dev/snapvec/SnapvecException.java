package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * Base of the exceptions of indexes and their files. A call that throws one has changed
 * nothing: the index and its files are as before, unless the method says otherwise.
 *
 * @since 0.1.0
 */
public abstract sealed class SnapvecException extends RuntimeException
		permits CorruptIndexException, FrozenIndexException, IndexIoException, IndexUnavailableException,
		InvalidIdException, InvalidVectorException, LocalIndexRequiredException, NotFittedException,
		StoreLockedException, UnsupportedLibraryException, UnsupportedVersionException {

	private static final long serialVersionUID = 1L;

	private @Nullable String index;

	SnapvecException(String message) {
		super(message);
	}

	SnapvecException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Adds the index to the message, unless it says "index 'name'" already. The name
	 * alone is not enough: an id or a directory may have the same name.
	 */
	SnapvecException of(String name) {
		String message = super.getMessage();
		if (message == null || !message.contains("index '" + name + "'")) {
			this.index = name;
		}
		return this;
	}

	@Override
	public @Nullable String getMessage() {
		return (this.index != null) ? "index '" + this.index + "': " + super.getMessage() : super.getMessage();
	}

}
