package dev.snapvec.store;

import org.jspecify.annotations.Nullable;

/**
 * Statistics of the write-ahead log of a store. Immutable.
 *
 * @param bytes size in bytes of what was recorded since the newest snapshot was started,
 * which a restart has to replay
 * @param failures number of failures since the log was started: a mutation could not be
 * recorded, or records could not be forced to disk
 * @param failure the latest failure, or null if the latest attempt succeeded; after a
 * failure, save a snapshot once the disk works again
 * @since 0.1.0
 */
public record LogStats(long bytes, long failures, @Nullable Exception failure) {
}
