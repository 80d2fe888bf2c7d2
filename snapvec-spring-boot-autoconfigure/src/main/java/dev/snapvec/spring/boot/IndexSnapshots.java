package dev.snapvec.spring.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * What is saved of each index. Thread-safe. Every method throws
 * {@link NoSuchIndexException} for a name that no index has.
 *
 * @since 0.1.0
 */
public interface IndexSnapshots {

	/**
	 * Tells whether an index changed since it was restored or its last snapshot.
	 * @param index its name
	 * @return whether there is something to save
	 */
	boolean isDirty(String index);

	/**
	 * Returns where the snapshots of an index are.
	 * @param index its name
	 * @return the directory
	 */
	Path directory(String index);

	/**
	 * Lists the snapshots of an index that are on disk.
	 * @param index its name
	 * @return the snapshots, newest first; none while the application is stopped
	 */
	List<Snapshot> list(String index);

	/**
	 * Returns the snapshot that an index was last restored from or saved to.
	 * @param index its name
	 * @return the snapshot, or nothing if there is none yet
	 */
	Optional<Snapshot> latest(String index);

	/**
	 * Returns how long it took to restore an index.
	 * @param index its name
	 * @return the time, or nothing if there was nothing to restore
	 */
	Optional<Duration> restoreTime(String index);

	/**
	 * Returns why the last attempt to restore or save an index failed.
	 * @param index its name
	 * @return the failure, or nothing if it succeeded
	 */
	Optional<Exception> failure(String index);

	/**
	 * Describes a failure to those who may not know where files are, such as clients of
	 * an endpoint: files are named without their directory.
	 * @param index the name of the index that it concerns
	 * @param failure what failed
	 * @return a text
	 */
	default String describe(String index, Throwable failure) {
		return FailureReason.of(failure, directory(index));
	}

	/**
	 * Tells what the write-ahead log of an index is like. By default there is none.
	 * @param index its name
	 * @return that, or nothing if its changes are not recorded now
	 */
	default Optional<LogStats> log(String index) {
		return Optional.empty();
	}

	/**
	 * Returns how many snapshots of an index are kept.
	 * @param index its name
	 * @return the number, at least 1
	 */
	int retained(String index);

	/**
	 * Returns when an index will be saved next if it changed by then.
	 * @param index its name
	 * @return the time, or nothing if it is not saved on a schedule
	 */
	Optional<Instant> next(String index);

	/**
	 * Saves an index now, if it changed.
	 * @param index its name
	 * @return the snapshot, or nothing if there was nothing to save
	 * @throws IllegalStateException if its snapshots are turned off, or while the
	 * application is stopped
	 * @throws dev.snapvec.SnapvecException if it cannot be saved; older snapshots are all
	 * still there
	 */
	Optional<Snapshot> write(String index);

	/**
	 * Tells whether another process writes an index, and this one follows its snapshots.
	 * By default it does not.
	 * @param index its name
	 * @return whether it is a follower
	 */
	default boolean isFollower(String index) {
		return false;
	}

	/**
	 * Puts the newest snapshot under an index that follows another process, if it is
	 * newer than the one that is there.
	 * @param index its name
	 * @return the snapshot, or nothing if there is none that is newer
	 * @throws IllegalStateException if it is no follower, or while the application is
	 * stopped
	 * @throws dev.snapvec.SnapvecException if it cannot be loaded; the index is as it was
	 */
	default Optional<Snapshot> reload(String index) {
		throw new IllegalStateException("index '%s' is not reloaded: it follows no other process".formatted(index));
	}

	/**
	 * Has a listener told of snapshots from now on.
	 * @param listener the listener
	 */
	void addListener(SnapshotListener listener);

}
