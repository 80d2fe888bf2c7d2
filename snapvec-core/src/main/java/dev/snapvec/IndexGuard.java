package dev.snapvec;

/**
 * Accepts or rejects changes of a {@link SafeIndex}. It rejects by throwing; nothing has
 * changed then, and the call throws the same. It is called concurrently by many threads
 * while the index is locked: it must return quickly, must not block, and must not change
 * any index. By default every change is accepted.
 *
 * @since 0.1.0
 * @see SafeIndex#guard
 */
public interface IndexGuard {

	/**
	 * The index is about to change: its rows, an attribute, its training, or from frozen
	 * to not frozen. A change that is rejected from now on cannot be applied before this
	 * one.
	 * @param index the index
	 * @param call the called method of {@link SafeIndex}, such as {@code addAll}
	 */
	default void change(SafeIndex index, String call) {
	}

	/**
	 * An attribute is about to be set; {@link #change} has accepted the call.
	 * @param index the index
	 * @param name the attribute's name
	 * @param value its new value
	 */
	default void attribute(SafeIndex index, String name, String value) {
	}

	/**
	 * The index behind the handle is about to be replaced.
	 * @param index the index
	 * @param next the new index, with the attributes that it will have
	 */
	default void replace(SafeIndex index, VectorIndex next) {
	}

}
