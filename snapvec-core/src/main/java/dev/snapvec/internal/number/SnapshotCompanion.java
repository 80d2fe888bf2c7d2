package dev.snapvec.internal.number;

import java.util.Set;

/**
 * Saves documents together with the snapshots of a store. Called while the store is
 * locked, and now and then with the index locked too: must not wait for a mutation or the
 * store.
 */
public interface SnapshotCompanion {

	/** The numbers that the rows of a snapshot have. Safe for concurrent use. */
	interface Moment {

		/**
		 * @return the highest number of a row of the snapshot or before it, 0 if none had
		 * one
		 */
		long newest();

		/**
		 * @param number a number
		 * @return whether a row of the snapshot has it
		 */
		boolean holds(long number);

	}

	/**
	 * The rows of a snapshot are about to be taken. Until {@link #ended}, documents of
	 * rows that are deleted may be part of it. Not called if no mutation is in progress
	 * until the snapshot is written.
	 */
	default void starting() {
	}

	/**
	 * The snapshot was saved, or not.
	 */
	default void ended() {
	}

	/**
	 * A snapshot is about to be written. Documents that it holds must be saved, even if
	 * their rows are gone by now; those that it does not hold belong to later snapshots
	 * or to none. If this throws, the snapshot is not written.
	 * @param snapshot the number of the snapshot
	 * @param moment the numbers of its rows
	 * @return the commit that holds the documents, at least 1, to be named by the
	 * snapshot
	 */
	long commit(long snapshot, Moment moment);

	/**
	 * A snapshot was saved, and old ones were deleted: of the commits for snapshots up to
	 * the newest of these, only those that they name are needed. A commit for a newer one
	 * may belong to a snapshot that is just being written with the index locked, and must
	 * stay. If this throws, the snapshot is saved nevertheless.
	 * @param snapshots the numbers of all snapshots, at least one
	 */
	void retained(Set<Long> snapshots);

}
