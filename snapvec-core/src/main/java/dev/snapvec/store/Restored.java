package dev.snapvec.store;

import java.util.List;

import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;

/**
 * An index restored from a snapshot.
 *
 * @param index the index
 * @param snapshot where it came from
 * @param skipped why newer snapshots could not be used, newest first
 */
public record Restored(VectorIndex index, Snapshot snapshot, List<SnapvecException> skipped) {
}
