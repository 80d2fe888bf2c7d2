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
 * @param verified what was verified, newest first, else empty
 * @param recall what was measured, else null
 * @since 0.1.0
 */
public record OperationDescriptor(String index, IndexOperation operation, Outcome outcome, @Nullable String reason,
		long millis, IndexDescriptor.@Nullable SavedIndex snapshot, List<VerifiedSnapshot> verified,
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
	 * A snapshot that was read.
	 *
	 * @param file name of its file
	 * @param sound whether it is whole and its checksum, if it has one, is right
	 * @param checksummed whether it has a checksum
	 * @param error what is wrong with it, or null if it is sound
	 */
	public record VerifiedSnapshot(String file, boolean sound, boolean checksummed, @Nullable String error) {
	}

}
