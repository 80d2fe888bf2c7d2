package dev.snapvec.spring.boot;

import java.time.Duration;

import dev.snapvec.store.Snapshot;

/**
 * Is told of attempts to save or reload an index, on the thread that does it and after it
 * is done. Every method does nothing by default; none may throw.
 *
 * @since 0.1.0
 */
public interface SnapshotListener {

	/**
	 * A snapshot is on disk.
	 * @param index the name of the index
	 * @param snapshot the snapshot
	 * @param duration how long it took
	 */
	default void written(String index, Snapshot snapshot, Duration duration) {
	}

	/**
	 * A snapshot could not be written; older ones are all still there.
	 * @param index the name of the index
	 * @param failure why
	 */
	default void failed(String index, Exception failure) {
	}

	/**
	 * A newer snapshot of another process took the place of the one before.
	 * @param index the name of the index
	 * @param snapshot the snapshot
	 * @param duration how long it took to load
	 */
	default void reloaded(String index, Snapshot snapshot, Duration duration) {
	}

	/**
	 * A newer snapshot of another process could not be loaded; the index is as it was.
	 * @param index the name of the index
	 * @param failure why
	 */
	default void reloadFailed(String index, Exception failure) {
	}

}
