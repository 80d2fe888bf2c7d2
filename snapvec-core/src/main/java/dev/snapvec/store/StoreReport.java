package dev.snapvec.store;

import java.nio.file.Path;
import java.util.List;

import dev.snapvec.SnapvecException;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the directory of a store, and what restoring it would give. Files
 * that were set aside are not in it. Immutable.
 *
 * @param directory the directory
 * @param snapshots the snapshots, newest first
 * @param logs the logs, newest first
 * @param restore what {@link IndexStore#restore} would give
 * @param restoreNewestSound what {@link IndexStore#restoreNewestSound} would give, which
 * sets aside what is damaged
 * @since 0.1.0
 */
public record StoreReport(Path directory, List<CheckedSnapshot> snapshots, List<CheckedLog> logs, Outcome restore,
		Outcome restoreNewestSound) {

	/**
	 * Tells whether everything is as it should be: the directory is restored as it is,
	 * and no older file is damaged either.
	 * @return whether nothing failed
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
	 * @param rows how many rows it holds, 0 if it cannot be loaded
	 * @param checksummed whether it has a checksum, which then is right
	 * @param failure why it cannot be loaded, or null if it can
	 */
	public record CheckedSnapshot(Snapshot snapshot, int rows, boolean checksummed,
			@Nullable SnapvecException failure) {
	}

	/**
	 * A log that was read.
	 *
	 * @param number the number of its file
	 * @param path its file
	 * @param bytes the file's size
	 * @param records how many valid records it begins with
	 * @param mutations how many whole mutations these are
	 * @param tornBytes how many bytes follow these: what was being written when its
	 * writer ended, or what is damaged
	 * @param failure why it cannot be read to its end, or null if nothing is damaged
	 */
	public record CheckedLog(long number, Path path, long bytes, long records, long mutations, long tornBytes,
			@Nullable SnapvecException failure) {
	}

	/**
	 * What a way to restore would give: nothing, if there is neither a snapshot nor a
	 * failure.
	 *
	 * @param snapshot the snapshot it would load, or null
	 * @param replayed how many mutations of logs it would apply
	 * @param rows how many rows the index would have
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
