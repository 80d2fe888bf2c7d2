package dev.snapvec;

/**
 * Is told how far a long operation has come. It is called from one thread at a time, but
 * not always the same.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProgressListener {

	/** Listens to nothing. */
	ProgressListener NONE = (phase, done, total) -> {
	};

	/**
	 * Some of the work is done.
	 * @param phase what is being done, such as {@code encode}
	 * @param done how much of it
	 * @param total how much there is of it
	 */
	void progress(String phase, long done, long total);

	/**
	 * Something is likely to disappoint; the operation goes on. Does nothing by default.
	 * @param message what, found and expected
	 */
	default void warning(String message) {
	}

}
