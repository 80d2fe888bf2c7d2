package dev.snapvec.spring.boot.event;

import java.time.Duration;

import dev.snapvec.SafeIndex;
import dev.snapvec.store.Snapshot;

/**
 * Published after an index was restored from a snapshot. Immutable.
 *
 * @param index the index
 * @param snapshot the snapshot
 * @param duration the time it took
 * @since 0.1.0
 */
public record IndexRestored(SafeIndex index, Snapshot snapshot, Duration duration) implements IndexEvent {
}
