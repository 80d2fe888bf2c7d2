package dev.snapvec.spring.boot.event;

import java.time.Duration;

import dev.snapvec.SafeIndex;
import dev.snapvec.store.Snapshot;

/**
 * A newer snapshot that another process wrote took the place of the one before.
 * Immutable.
 *
 * @param index the index
 * @param snapshot the snapshot
 * @param duration how long it took
 * @since 0.1.0
 */
public record IndexReloaded(SafeIndex index, Snapshot snapshot, Duration duration) implements IndexEvent {
}
