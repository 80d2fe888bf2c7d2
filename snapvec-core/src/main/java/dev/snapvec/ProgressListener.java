package dev.snapvec;

/**
 * Receives the progress of a long operation. It is called by one thread at a time, but
 * not always by the same one.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProgressListener {

	/** Ignores all progress. */
	ProgressListener NONE = (phase, done, total) -> {
	};

	/**
	 * A part of the work is done.
	 * @param phase the phase of the operation, such as {@code encode}
	 * @param done units of work that are done in this phase
	 * @param total units of work of the whole phase
	 */
	void progress(String phase, long done, long total);

	/**
	 * A condition was found that is likely to hurt recall or latency; the operation
	 * continues. By default it is ignored.
	 * @param message the condition, with the value found and the one expected
	 */
	default void warning(String message) {
	}

}
