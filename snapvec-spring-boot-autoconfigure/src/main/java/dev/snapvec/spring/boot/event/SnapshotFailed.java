package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * An index could not be saved; older snapshots are all still there. Immutable.
 *
 * @param index the index
 * @param failure why
 * @since 0.1.0
 */
public record SnapshotFailed(SafeIndex index, Exception failure) implements IndexEvent {
}
