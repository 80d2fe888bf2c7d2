package dev.snapvec.store;

import java.nio.file.Path;
import java.util.List;

import dev.snapvec.SnapvecException;
import org.jspecify.annotations.Nullable;

/**
 * Report of a verification: the files of a store and what restoring would return. Files
 * that were set aside are not included. Immutable.
 *
 * @param directory the directory
 * @param snapshots the snapshots, newest first
 * @param logs the WAL segments, newest first
 * @param restore what {@link IndexStore#restore} would return
 * @param restoreNewestSound what {@link IndexStore#restoreNewestSound} would return,
 * which sets aside damaged files
 * @since 0.1.0
 */
public record StoreReport(Path directory, List<CheckedSnapshot> snapshots, List<CheckedLog> logs, Outcome restore,
		Outcome restoreNewestSound) {

	/**
	 * Returns whether nothing is damaged: the newest state can be restored, and no older
	 * file is damaged either.
	 * @return whether no check failed
	 */
	public boolean isSound() {
		return this.restore.failure() == null
				&& this.snapshots.stream().noneMatch((snapshot) -> snapshot.failure() != null)
				&& this.logs.stream().noneMatch((log) -> log.failure() != null);
	}

	/**
	 * A snapshot that was loaded.
	 *
	 * @param snapshot its number, file, size and time
	 * @param rows number of its rows, 0 if it cannot be loaded
	 * @param checksummed whether it has a checksum, which then matches
	 * @param failure why it cannot be loaded, or null if it can
	 */
	public record CheckedSnapshot(Snapshot snapshot, int rows, boolean checksummed,
			@Nullable SnapvecException failure) {
	}

	/**
	 * A WAL segment that was read.
	 *
	 * @param number the number in its name
	 * @param path its file
	 * @param bytes size of the file in bytes
	 * @param records number of valid records at its start
	 * @param mutations number of complete mutations in them
	 * @param tornBytes number of bytes behind these: a torn tail, or damage
	 * @param failure why it cannot be read to its end, or null if nothing is damaged
	 */
	public record CheckedLog(long number, Path path, long bytes, long records, long mutations, long tornBytes,
			@Nullable SnapvecException failure) {
	}

	/**
	 * What one way to restore would return: nothing, if there is neither a snapshot nor a
	 * failure.
	 *
	 * @param snapshot the snapshot it would load, or null
	 * @param replayed number of mutations it would replay
	 * @param rows number of rows of the index
	 * @param failure what it would throw, or null
	 */
	public record Outcome(@Nullable Snapshot snapshot, long replayed, int rows, @Nullable SnapvecException failure) {

		static final Outcome NOTHING = new Outcome(null, 0, 0, null);

		static Outcome failed(SnapvecException failure) {
			return new Outcome(null, 0, 0, failure);
		}

		static Outcome of(Restoration restoration) {
			LogChain.Outcome outcome = restoration.outcome();
			return new Outcome(restoration.snapshot(), outcome.mutations(), outcome.index().size(), null);
		}

	}

}
