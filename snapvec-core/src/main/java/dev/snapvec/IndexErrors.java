package dev.snapvec;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Adds the name of an index to the exceptions that it throws.
 *
 * @param index the name
 */
record IndexErrors(String index) {

	/**
	 * Names only exceptions of the index, where code of the application is called too.
	 */
	<T> T named(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SnapvecException ex) {
			throw ex.of(this.index);
		}
	}

	/** As {@link #named}. */
	void run(Runnable call) {
		named(() -> {
			call.run();
			return this;
		});
	}

	/** Like {@link #named}, where no code of the application is called. */
	<T> T namedAll(Supplier<T> call) {
		try {
			return named(call);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(message(ex), ex);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException(message(ex), ex);
		}
	}

	private String message(RuntimeException ex) {
		return String.format(Locale.ROOT, "index '%s': %s", this.index, ex.getMessage());
	}

}
