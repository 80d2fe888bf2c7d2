package dev.snapvec.spring.boot.event;

import java.time.Duration;

import dev.snapvec.SafeIndex;

/**
 * Published after populators filled an index that was not restored from a snapshot.
 * Immutable.
 *
 * @param index the index
 * @param duration the time it took
 * @since 0.1.0
 */
public record IndexPopulated(SafeIndex index, Duration duration) implements IndexEvent {
}
