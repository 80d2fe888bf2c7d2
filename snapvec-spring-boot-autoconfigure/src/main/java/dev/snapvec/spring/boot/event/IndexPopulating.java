package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * Progress of an index that populators train or fill. Published at most ten times per
 * second, and at the end of each phase. Immutable.
 *
 * @param index the index
 * @param phase the current phase, as the populator or the index calls it
 * @param done the amount of work done
 * @param total the total amount of work
 * @since 0.1.0
 */
public record IndexPopulating(SafeIndex index, String phase, long done, long total) implements IndexEvent {
}
