package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * Published after an index was frozen because the application is ready. Immutable.
 *
 * @param index the index
 * @since 0.1.0
 */
public record IndexFrozen(SafeIndex index) implements IndexEvent {
}
