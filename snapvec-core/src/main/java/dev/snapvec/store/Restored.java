package dev.snapvec.store;

import java.util.List;

import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;

/**
 * An index restored from a snapshot, and from the log of what changed since.
 *
 * @param index the index
 * @param snapshot where it came from
 * @param skipped why newer snapshots, or the end of the log, could not be used, newest
 * first
 * @param replayed how many mutations of the log were applied to the snapshot
 * @since 0.1.0
 */
public record Restored(VectorIndex index, Snapshot snapshot, List<SnapvecException> skipped, long replayed) {
}
