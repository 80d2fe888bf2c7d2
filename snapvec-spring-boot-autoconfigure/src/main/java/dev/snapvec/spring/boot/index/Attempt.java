package dev.snapvec.spring.boot.index;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs what may fail halfway, and then undoes what was begun.
 * <p>
 * Internal: not for applications.
 */
public final class Attempt {

	private Attempt() {
	}

	/**
	 * Runs an action.
	 * @param action the action
	 * @param undo is run if the action throws, whatever it is, before the caller gets it
	 * @param <T> type of the result
	 * @return what the action returns
	 */
	public static <T extends @Nullable Object> T orUndo(Supplier<T> action, Runnable undo) {
		boolean succeeded = false;
		try {
			T result = action.get();
			succeeded = true;
			return result;
		}
		finally {
			if (!succeeded) {
				undo.run();
			}
		}
	}

	/** As {@link #orUndo(Supplier, Runnable)}, without a result. */
	public static void orUndo(Runnable action, Runnable undo) {
		Attempt.<@Nullable Object>orUndo(() -> {
			action.run();
			return null;
		}, undo);
	}

}
