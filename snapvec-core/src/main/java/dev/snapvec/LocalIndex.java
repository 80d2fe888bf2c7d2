package dev.snapvec;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.RankedLock;
import org.jspecify.annotations.Nullable;

/**
 * The one index in this process behind a {@link SafeIndex}, as those see it who save,
 * record, reload or close it: stores and the starter. Thread-safe.
 *
 * @since 0.1.0
 * @see SafeIndex#local()
 */
public sealed interface LocalIndex permits IndexChanges {

	/**
	 * {@return the index, for reading; change it through its handle only}
	 */
	VectorIndex index();

	/**
	 * Runs an action while no mutation is in progress. Searches continue meanwhile. The
	 * action may change this index; listeners are called afterwards. It must not wait for
	 * a thread that may wait for this index: changing another index and saving to a store
	 * are rejected.
	 * @param action the action; mutations of other threads wait for it
	 * @throws IllegalStateException if the calling thread is in such an action of another
	 * index
	 */
	void betweenMutations(Runnable action);

	/**
	 * Returns whether the calling thread is in an action {@linkplain #betweenMutations
	 * between mutations} of any index. Such a thread must not wait for a lock whose owner
	 * may change an index.
	 * @return whether it is
	 */
	static boolean isBetweenMutations() {
		return RankedLock.isHeld(LockRank.HANDLE);
	}

	/**
	 * Sets the guard that accepts or rejects changes from now on. Mutations in progress
	 * complete before.
	 * @param guard the guard; {@code null} accepts everything again
	 */
	void guard(@Nullable IndexGuard guard);

	/**
	 * Sets the log that records mutations before they are applied, from now on.
	 * @param log the log, which first receives the present index; {@code null} ends
	 * recording
	 * @throws IllegalStateException if the index has a log already, whose guarantees
	 * would end silently
	 */
	void log(@Nullable MutationLog log);

	/**
	 * Replaces the index by one that was loaded from where this one is saved. Like
	 * {@link SafeIndex#replace}, but the handle counts as saved, and the attributes are
	 * those of the loaded index.
	 * @param loaded the loaded index, of the same dimension; from now on, nothing else
	 * may change it
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is different
	 */
	VectorIndex restore(VectorIndex loaded);

	/**
	 * Declares the changes up to a generation as saved where the index will be restored
	 * from.
	 * @param generation the generation, as {@link SafeIndex#save} returned it
	 */
	void markSaved(long generation);

}
