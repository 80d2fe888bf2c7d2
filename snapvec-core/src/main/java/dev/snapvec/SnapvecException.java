package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with an index beyond a plain programming mistake. Whatever was asked
 * has then not happened: the index and its files are as they were before.
 *
 * @since 0.1.0
 */
public abstract sealed class SnapvecException extends RuntimeException permits CorruptIndexException,
		FrozenIndexException, IndexIoException, IndexUnavailableException, InvalidIdException, InvalidVectorException,
		NotFittedException, StoreLockedException, UnsupportedVersionException {

	private static final long serialVersionUID = 1L;

	private @Nullable String index;

	SnapvecException(String message) {
		super(message);
	}

	SnapvecException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Names the index in the message, unless it is named there already: an id or a
	 * directory may be called as the index is.
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
