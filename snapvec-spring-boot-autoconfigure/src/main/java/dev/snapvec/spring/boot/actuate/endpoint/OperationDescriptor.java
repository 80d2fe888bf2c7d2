package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.RecallReport;

/**
 * What became of an operation. Immutable.
 *
 * @param index the name of the index
 * @param operation what was to be done
 * @param outcome what became of it
 * @param reason why it was not done, or null if it was
 * @param millis how long it took
 * @param snapshot what a snapshot wrote or a reload loaded, else null
 * @param verified what was verified, snapshots before logs, each newest first, else empty
 * @param restore what a start would restore after a verification, else null
 * @param restoreNewestSound the same with {@code restore.on-failure: previous}, which
 * goes on without what is damaged, else null
 * @param recall what was measured, else null
 * @since 0.1.0
 */
public record OperationDescriptor(String index, IndexOperation operation, Outcome outcome, @Nullable String reason,
		long millis, IndexDescriptor.@Nullable SavedIndex snapshot, List<VerifiedFile> verified,
		@Nullable Restorable restore, @Nullable Restorable restoreNewestSound,
		@Nullable RecallReport recall) implements OperationResponseBody {

	/**
	 * What became of an operation.
	 */
	public enum Outcome {

		/**
		 * It was done.
		 */
		DONE,

		/**
		 * There was nothing to do.
		 */
		UNCHANGED,

		/**
		 * The index is not in a state for it.
		 */
		REFUSED,

		/**
		 * It was tried and failed.
		 */
		FAILED

	}

	/**
	 * A snapshot or log that was read.
	 *
	 * @param file its name
	 * @param sound whether it can be loaded, or is a log that is whole but for what was
	 * just being written
	 * @param checksummed whether it has a checksum, which is right
	 * @param error what is wrong with it, or null if it is sound
	 */
	public record VerifiedFile(String file, boolean sound, boolean checksummed, @Nullable String error) {
	}

	/**
	 * What a start would restore.
	 *
	 * @param snapshot the name of the snapshot, or null if there is none or it would fail
	 * @param replayed how many changes of logs it would apply
	 * @param rows how many rows the index would have
	 * @param error why it would fail, or null if it would not
	 */
	public record Restorable(@Nullable String snapshot, long replayed, int rows, @Nullable String error) {
	}

}
