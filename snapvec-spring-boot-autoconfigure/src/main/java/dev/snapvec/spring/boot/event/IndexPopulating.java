package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * An index is being trained or filled by populators and came this far. Told at most ten
 * times a second, and at the end of each phase. Immutable.
 *
 * @param index the index
 * @param phase what is being done, as the populator or the index calls it
 * @param done how much of it is done
 * @param total how much there is to do
 * @since 0.1.0
 */
public record IndexPopulating(SafeIndex index, String phase, long done, long total) implements IndexEvent {
}
