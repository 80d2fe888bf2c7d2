package dev.snapvec;

/**
 * Accepts or rejects changes of a {@link SafeIndex}. It rejects by throwing; nothing has
 * changed then, and the call throws the same. It is called concurrently by many threads,
 * mostly while the index is locked: it must return quickly, must not block, and must not
 * change any index. The methods of this interface accept every change.
 *
 * @since 0.1.0
 * @see LocalIndex#guard
 */
public interface IndexGuard {

	/**
	 * The index is about to change: its rows, an attribute, its training, the index
	 * behind the handle, or from frozen to not frozen. This is asked with the index
	 * locked; before rows are encoded or an index is trained, also without the lock, so
	 * that a change that would be rejected does no work. Changes that were accepted with
	 * the lock are complete before an action between mutations runs.
	 * @param index the index
	 * @param call {@code fit}, {@code addAll}, {@code upsertAll}, {@code deleteAll},
	 * {@code attribute}, {@code unfreeze}, {@code replace} or {@code restore};
	 * {@code add} asks as {@code addAll}, and so on
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
