package dev.snapvec.store;

import org.jspecify.annotations.Nullable;

/**
 * What the log of a store is like. Immutable.
 *
 * @param bytes how large it grew since the newest snapshot was begun, which is what a
 * restart has to apply
 * @param failures how often a mutation could not be recorded, or what was recorded could
 * not be forced to disk, since the log was begun
 * @param failure why that was, or null if the latest attempt succeeded; saving a snapshot
 * mends it if the disk does
 * @since 0.1.0
 */
public record LogStats(long bytes, long failures, @Nullable Exception failure) {
}
