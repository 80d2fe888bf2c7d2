package dev.snapvec.spring.boot.event;

import java.time.Duration;

import dev.snapvec.SafeIndex;

/**
 * Populators filled an index that no snapshot restored. Immutable.
 *
 * @param index the index
 * @param duration how long it took
 * @since 0.1.0
 */
public record IndexPopulated(SafeIndex index, Duration duration) implements IndexEvent {
}
