package dev.snapvec.spring.boot.actuate.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.IndexIoException;
import dev.snapvec.IndexStats;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * Details of an index. Immutable.
 *
 * @param name name of the index
 * @param type class of the index
 * @param dimension dimension of the vectors
 * @param parameters parameters specific to the type
 * @param attributes attributes of the index, such as the model of the vectors
 * @param rows number of ids in the index
 * @param deadRows number of deleted rows whose memory is not yet freed
 * @param bytes heap memory used by codes, ids and tables, in bytes
 * @param bytesPerRow bytes per row, without its id
 * @param kernel the kernel that scans codes
 * @param generation counter of the changes of the index
 * @param frozen whether the index rejects changes
 * @param dirty whether the index has unsaved changes
 * @param follower whether another process writes the index and this one loads its
 * snapshots
 * @param snapshots snapshots on disk, newest first
 * @param retain number of snapshots to retain
 * @param nextSnapshot time of the next scheduled save, which is skipped if the index has
 * not changed by then; null if there is no schedule, or for a follower
 * @param nextReload time at which a follower next checks for a newer snapshot; null if
 * the index is not a follower
 * @param writeAheadLog the write-ahead log; null if changes are not recorded
 * @param lastError reason why the last attempt to save the index, or to record a change,
 * failed; null if it succeeded
 * @param warnings conditions likely to hurt recall or latency
 * @since 0.1.0
 */
public record IndexDescriptor(String name, String type, int dimension, Map<String, Object> parameters,
		Map<String, String> attributes, int rows, int deadRows, long bytes, int bytesPerRow, String kernel,
		long generation, boolean frozen, boolean dirty, boolean follower, List<SavedIndex> snapshots, int retain,
		@Nullable Instant nextSnapshot, @Nullable Instant nextReload, @Nullable WriteAheadLog writeAheadLog,
		@Nullable String lastError, List<String> warnings) implements OperationResponseBody {

	static IndexDescriptor of(SafeIndex index, IndexSnapshots snapshots) {
		String name = index.name();
		IndexStats stats = index.stats();
		LogStats log = snapshots.log(name).orElse(null);
		String lastError = snapshots.lastError(name).map((failure) -> snapshots.describe(name, failure)).orElse(null);
		boolean follower = snapshots.isFollower(name);
		Instant next = snapshots.next(name).orElse(null);
		return new IndexDescriptor(name, stats.type(), stats.dimension(), stats.parameters(), index.attributes(),
				stats.size(), stats.deadRows(), stats.heapBytes(), stats.bytesPerRow(), stats.kernel(),
				index.generation(), stats.frozen(), snapshots.isDirty(name), follower, saved(snapshots, name),
				snapshots.retained(name), follower ? null : next, follower ? next : null,
				(log != null) ? new WriteAheadLog(log.bytes(), log.failures()) : null, lastError, stats.warnings());
	}

	/**
	 * The last error reports a missing directory, so the rest of the response is returned
	 * all the same.
	 */
	private static List<SavedIndex> saved(IndexSnapshots snapshots, String name) {
		try {
			return snapshots.list(name).stream().map(SavedIndex::of).toList();
		}
		catch (IndexIoException ex) {
			return List.of();
		}
	}

	/**
	 * A write-ahead log.
	 *
	 * @param bytes bytes of it that a restart would replay on the newest snapshot
	 * @param failures number of failed attempts to record a change or to force it to disk
	 */
	public record WriteAheadLog(long bytes, long failures) {
	}

	/**
	 * A snapshot on disk.
	 *
	 * @param number snapshot number, starting from 1
	 * @param file name of the file
	 * @param bytes size of the file in bytes
	 * @param written time at which the snapshot was complete
	 */
	public record SavedIndex(long number, String file, long bytes, Instant written) {

		static SavedIndex of(Snapshot snapshot) {
			return new SavedIndex(snapshot.number(), snapshot.path().getFileName().toString(), snapshot.bytes(),
					snapshot.written());
		}

	}

}
