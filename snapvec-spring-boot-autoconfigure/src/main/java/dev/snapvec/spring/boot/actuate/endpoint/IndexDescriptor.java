package dev.snapvec.spring.boot.actuate.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.snapvec.IndexIoException;
import dev.snapvec.IndexStats;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * An index in detail. Immutable.
 *
 * @param name its name
 * @param type its class
 * @param dimension length of the vectors
 * @param parameters the type's own parameters
 * @param attributes what is noted of it, such as the model that made the vectors
 * @param rows how many ids it holds
 * @param deadRows deleted rows whose memory is not given back yet
 * @param bytes bytes of codes, ids and tables on the heap
 * @param bytesPerRow bytes of a row without its id
 * @param kernel what scans codes
 * @param generation grows with every change
 * @param frozen whether it refuses changes
 * @param dirty whether it holds what no snapshot does
 * @param follower whether another process writes it, and this one follows
 * @param snapshots what is on disk, newest first
 * @param retain how many of those are kept
 * @param nextSnapshot when it is saved next if it changed by then; null if it is not on a
 * schedule, or a follower
 * @param nextReload when a follower looks for a newer snapshot next, else null
 * @param writeAheadLog what its log is like, or null if changes are not recorded
 * @param lastError why the last attempt to save it, or to record a change, failed; null
 * if it succeeded
 * @param warnings what is likely to disappoint
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
		String lastError = snapshots.failure(name)
			.or(() -> Optional.ofNullable((log != null) ? log.failure() : null))
			.map((failure) -> snapshots.describe(name, failure))
			.orElse(null);
		boolean follower = snapshots.isFollower(name);
		Instant next = snapshots.next(name).orElse(null);
		return new IndexDescriptor(name, stats.type(), stats.dimension(), stats.parameters(),
				index.index().attributes(), stats.size(), stats.deadRows(), stats.heapBytes(), stats.bytesPerRow(),
				stats.kernel(), index.generation(), stats.frozen(), snapshots.isDirty(name), follower,
				saved(snapshots, name), snapshots.retained(name), follower ? null : next, follower ? next : null,
				(log != null) ? new WriteAheadLog(log.bytes(), log.failures()) : null, lastError, stats.warnings());
	}

	/**
	 * A directory that is gone is told by the last error, and is no reason to say
	 * nothing.
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
	 * A log of changes.
	 *
	 * @param bytes how much of it a restart would apply to the newest snapshot
	 * @param failures how often a change could not be recorded or forced to disk
	 */
	public record WriteAheadLog(long bytes, long failures) {
	}

	/**
	 * A snapshot on disk.
	 *
	 * @param number counts up from 1
	 * @param file name of its file
	 * @param bytes size of its file
	 * @param written when it was finished
	 */
	public record SavedIndex(long number, String file, long bytes, Instant written) {

		static SavedIndex of(Snapshot snapshot) {
			return new SavedIndex(snapshot.number(), snapshot.path().getFileName().toString(), snapshot.bytes(),
					snapshot.written());
		}

	}

}
