package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * Published after an index could not be saved; older snapshots are unaffected. Immutable.
 *
 * @param index the index
 * @param failure the cause
 * @since 0.1.0
 */
public record SnapshotFailed(SafeIndex index, Exception failure) implements IndexEvent {
}
