package dev.snapvec.spring.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * Snapshots of the indexes of an application. Thread-safe. Every method that takes the
 * name of an index throws {@link NoSuchIndexException} if no index has it.
 *
 * @since 0.1.0
 */
public interface IndexSnapshots {

	/**
	 * Returns whether an index has changed since it was restored or last saved.
	 * @param index the name of the index
	 * @return whether there is something to save
	 */
	boolean isDirty(String index);

	/**
	 * Returns the directory of the snapshots of an index.
	 * @param index the name of the index
	 * @return the directory
	 */
	Path directory(String index);

	/**
	 * Lists the snapshots of an index that are on disk.
	 * @param index the name of the index
	 * @return the snapshots, newest first; empty while the application is stopped
	 */
	List<Snapshot> list(String index);

	/**
	 * Returns the snapshot that an index was last restored from or saved to.
	 * @param index the name of the index
	 * @return the snapshot, or empty if there is none yet
	 */
	Optional<Snapshot> latest(String index);

	/**
	 * Returns the time it took to restore an index.
	 * @param index the name of the index
	 * @return the time, or empty if there was nothing to restore
	 */
	Optional<Duration> restoreTime(String index);

	/**
	 * Returns why the last attempt to restore or save an index failed.
	 * @param index the name of the index
	 * @return the failure, or empty if it succeeded
	 */
	Optional<Exception> failure(String index);

	/**
	 * Returns whether an index contains its last saved state. This default method returns
	 * true, because the application does not start otherwise.
	 * @param index the name of the index
	 * @return false if it could not be restored when the application was started again,
	 * or if it follows another process and no snapshot could be loaded yet
	 */
	default boolean isRestored(String index) {
		return true;
	}

	/**
	 * Describes a failure without revealing file system paths, for example to clients of
	 * an endpoint: files are named without their directory.
	 * @param index the name of the index that the failure concerns
	 * @param failure the failure
	 * @return the description
	 */
	default String describe(String index, Throwable failure) {
		return FailureReason.of(failure, directory(index));
	}

	/**
	 * Returns statistics of the write-ahead log of an index. This default method returns
	 * empty.
	 * @param index the name of the index
	 * @return the statistics, also while recording fails (see {@link LogStats#failure});
	 * empty if the index has no log, is not populated yet, or the application is stopped
	 */
	default Optional<LogStats> log(String index) {
		return Optional.empty();
	}

	/**
	 * Returns why the last attempt to restore or save an index, or to record a change of
	 * it, failed.
	 * @param index the name of the index
	 * @return the failure, or empty if they succeeded
	 */
	default Optional<Exception> lastError(String index) {
		return failure(index).or(() -> log(index).map(LogStats::failure));
	}

	/**
	 * Returns the number of snapshots to retain for an index.
	 * @param index the name of the index
	 * @return the number, at least 1
	 */
	int retained(String index);

	/**
	 * Returns the time of the next scheduled save of an index, which is skipped if the
	 * index has not changed by then; for a follower, the time of the next reload.
	 * @param index the name of the index
	 * @return the time, or empty if there is no schedule
	 */
	Optional<Instant> next(String index);

	/**
	 * Saves an index now, if it has changed.
	 * @param index the name of the index
	 * @return the snapshot, or empty if there was nothing to save
	 * @throws IllegalStateException if its snapshots are disabled, before its populators
	 * have completed, or while the application is stopped
	 * @throws dev.snapvec.SnapvecException if it cannot be saved; older snapshots are
	 * unaffected
	 */
	Optional<Snapshot> write(String index);

	/**
	 * Returns whether an index is a follower: another process writes it, and this one
	 * loads its snapshots. This default method returns false.
	 * @param index the name of the index
	 * @return whether the index is a follower
	 */
	default boolean isFollower(String index) {
		return false;
	}

	/**
	 * Loads the newest snapshot of an index that follows another process, if it is newer
	 * than the one loaded.
	 * @param index the name of the index
	 * @return the loaded snapshot, or empty if none is newer
	 * @throws IllegalStateException if the index is not a follower, or while the
	 * application is stopped
	 * @throws dev.snapvec.SnapvecException if it cannot be loaded; the index is unchanged
	 */
	default Optional<Snapshot> reload(String index) {
		throw new IllegalStateException(
				String.format(Locale.ROOT, "index '%s' cannot be reloaded: it does not follow another process", index));
	}

	/**
	 * Registers a listener, which is notified of snapshots from now on.
	 * @param listener the listener
	 */
	void addListener(SnapshotListener listener);

}
