package dev.snapvec.store;

import java.util.List;

import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;

/**
 * An index restored from a snapshot and the write-ahead log since.
 *
 * @param index the index
 * @param snapshot the snapshot that it was restored from
 * @param skipped why newer snapshots, or the end of the WAL, could not be used, newest
 * first; empty if nothing was skipped
 * @param replayed number of mutations replayed
 * @since 0.1.0
 */
public record Restored(VectorIndex index, Snapshot snapshot, List<SnapvecException> skipped, long replayed) {
}
