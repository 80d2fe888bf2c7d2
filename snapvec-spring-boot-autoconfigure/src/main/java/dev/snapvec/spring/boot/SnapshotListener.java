package dev.snapvec.spring.boot;

import java.time.Duration;

import dev.snapvec.store.Snapshot;

/**
 * Is told of attempts to save an index, on the thread that saves and after it is done.
 * Every method does nothing by default; none may throw.
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

}
