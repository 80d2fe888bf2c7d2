package dev.snapvec.spring.boot;

import java.time.Duration;

import dev.snapvec.store.Snapshot;

/**
 * Listener for attempts to save or reload an index, called on the thread that made the
 * attempt, after it has ended. All methods do nothing by default and must not throw.
 *
 * @since 0.1.0
 */
public interface SnapshotListener {

	/**
	 * Called after a snapshot was written.
	 * @param index the name of the index
	 * @param snapshot the snapshot
	 * @param duration how long it took
	 */
	default void written(String index, Snapshot snapshot, Duration duration) {
	}

	/**
	 * Called after a snapshot could not be written; older snapshots are unaffected.
	 * @param index the name of the index
	 * @param failure the cause
	 */
	default void failed(String index, Exception failure) {
	}

	/**
	 * Called after a newer snapshot of another process replaced the one loaded before.
	 * @param index the name of the index
	 * @param snapshot the snapshot
	 * @param duration the time it took to load
	 */
	default void reloaded(String index, Snapshot snapshot, Duration duration) {
	}

	/**
	 * Called after a newer snapshot of another process could not be loaded; the index is
	 * unchanged.
	 * @param index the name of the index
	 * @param failure the cause
	 */
	default void reloadFailed(String index, Exception failure) {
	}

}
