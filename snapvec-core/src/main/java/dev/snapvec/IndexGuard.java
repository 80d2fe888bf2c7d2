package dev.snapvec;

/**
 * Decides what may change a {@link SafeIndex}, and refuses by throwing; nothing has
 * changed then. It is asked with the index locked, by many threads: it must be quick,
 * wait for nobody, and call no method that changes an index. Every method takes
 * everything by default.
 *
 * @since 0.1.0
 * @see SafeIndex#guard
 */
public interface IndexGuard {

	/**
	 * The index is about to change: its rows, an attribute, what it learned, or whether
	 * it is frozen no more. No other change that is refused from now on can come before
	 * it.
	 * @param index the index
	 * @param call the method of {@link SafeIndex} that was called, such as {@code addAll}
	 */
	default void change(SafeIndex index, String call) {
	}

	/**
	 * An attribute is about to be noted; {@link #change} has taken that it is.
	 * @param index the index
	 * @param name the attribute's name
	 * @param value the value it shall have
	 */
	default void attribute(SafeIndex index, String name, String value) {
	}

	/**
	 * Another index is about to take the place of the one underneath.
	 * @param index the index
	 * @param next the new one, with the attributes that it shall have
	 */
	default void replace(SafeIndex index, VectorIndex next) {
	}

}
