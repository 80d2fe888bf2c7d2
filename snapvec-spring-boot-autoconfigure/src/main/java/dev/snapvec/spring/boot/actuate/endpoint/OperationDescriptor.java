package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.RecallReport;

/**
 * Result of an operation. Immutable.
 *
 * @param index the name of the index
 * @param operation the requested operation
 * @param outcome its outcome
 * @param reason reason why it was refused or failed, else null
 * @param millis time it took in milliseconds
 * @param snapshot the snapshot that was written or loaded, else null
 * @param verified the files that were verified, snapshots before logs, each newest first;
 * empty for other operations
 * @param restore what a start would restore; null unless verified
 * @param restoreNewestSound what a start with {@code restore.on-failure: previous} would
 * restore, which skips damaged files; null unless verified
 * @param recall the measured recall, else null
 * @since 0.1.0
 */
public record OperationDescriptor(String index, IndexOperation operation, Outcome outcome, @Nullable String reason,
		long millis, IndexDescriptor.@Nullable SavedIndex snapshot, List<VerifiedFile> verified,
		@Nullable Restorable restore, @Nullable Restorable restoreNewestSound,
		@Nullable RecallReport recall) implements OperationResponseBody {

	/**
	 * Outcome of an operation.
	 */
	public enum Outcome {

		/**
		 * The operation was done.
		 */
		DONE,

		/**
		 * There was nothing to do.
		 */
		UNCHANGED,

		/**
		 * The state of the index does not allow the operation.
		 */
		REFUSED,

		/**
		 * The operation was tried and failed.
		 */
		FAILED

	}

	/**
	 * A verified snapshot or log.
	 *
	 * @param file name of the file
	 * @param sound whether it is a snapshot that can be loaded, or a log that is complete
	 * except for records that were being written
	 * @param checksummed whether it has a checksum that matches
	 * @param error what is wrong with the file; null if it is sound
	 */
	public record VerifiedFile(String file, boolean sound, boolean checksummed, @Nullable String error) {
	}

	/**
	 * What a start would restore.
	 *
	 * @param snapshot name of the snapshot; null if there is none or the start would fail
	 * @param replayed number of changes it would replay from logs
	 * @param rows number of rows the index would have
	 * @param error reason why the start would fail, else null
	 */
	public record Restorable(@Nullable String snapshot, long replayed, int rows, @Nullable String error) {
	}

}
