package dev.snapvec.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store that somebody else may be writing to: another process on this machine, or
 * one that shares the directory. Takes no lock, writes nothing, and needs nothing closed.
 * Thread-safe.
 * <p>
 * Guaranteed:
 * <ol>
 * <li>What is loaded is one snapshot, whole. The writer's log is not read: it grows while
 * it is read, and a follower is at most a snapshot behind.
 * <li>A snapshot that the writer deletes while it is loaded is no failure; the newer one
 * is loaded instead.
 * <li>A search during {@link #reload} runs on the old snapshot or on the new one from
 * begin to end, and waits for neither.
 * <li>A reload that fails leaves the index as it is, and the next one tries again.
 * </ol>
 *
 * @since 0.1.0
 */
public final class StoreFollower {

	/** How often the writer may delete what is being loaded. */
	private static final int ATTEMPTS = 10;

	private final StoreFiles files;

	private final LoadOptions options;

	private final ReentrantLock loading = new ReentrantLock();

	/** Guarded by {@link #loading} when it is written. */
	private volatile @Nullable Snapshot current;

	private StoreFollower(StoreFiles files, LoadOptions options) {
		this.files = files;
		this.options = options;
	}

	/**
	 * Follows the store in a directory. It need not be there yet.
	 * @param directory the directory; a symbolic link to it is followed anew each time,
	 * so that a whole directory can be exchanged for another one
	 * @param options how loaded indexes shall score
	 * @return the follower
	 */
	public static StoreFollower of(Path directory, LoadOptions options) {
		return new StoreFollower(new StoreFiles(directory), options);
	}

	/**
	 * Looks which snapshot is the newest.
	 * @return the snapshot, or nothing if there are none
	 * @throws IndexIoException if the directory is there and cannot be read
	 */
	public Optional<Snapshot> latest() {
		if (Files.notExists(this.files.directory())) {
			return Optional.empty();
		}
		return this.files.snapshots().stream().findFirst();
	}

	/**
	 * Returns which snapshot was loaded last.
	 * @return the snapshot, or nothing if none was
	 */
	public Optional<Snapshot> current() {
		return Optional.ofNullable(this.current);
	}

	/**
	 * Loads the newest snapshot.
	 * @return the index, or nothing if there are no snapshots
	 * @throws SnapvecException if it cannot be loaded
	 */
	public Optional<Restored> load() {
		this.loading.lock();
		try {
			Optional<Restored> loaded = loadNewest(null);
			loaded.ifPresent((restored) -> this.current = restored.snapshot());
			return loaded;
		}
		finally {
			this.loading.unlock();
		}
	}

	/**
	 * Puts the newest snapshot under a handle, unless it is the one that was loaded last.
	 * The handle stays frozen if it is.
	 * @param index the handle, which nothing else should change: what it holds is
	 * replaced
	 * @return the snapshot, or nothing if there is none that is newer
	 * @throws SnapvecException if it cannot be loaded; the handle is as it was
	 * @throws IllegalArgumentException if its dimension is not that of the handle
	 */
	public Optional<Snapshot> reload(SafeIndex index) {
		this.loading.lock();
		try {
			Restored newer = loadNewest(this.current).orElse(null);
			if (newer == null) {
				return Optional.empty();
			}
			if (index.isFrozen()) {
				newer.index().freeze();
			}
			index.restore(newer.index());
			this.current = newer.snapshot();
			return Optional.of(newer.snapshot());
		}
		finally {
			this.loading.unlock();
		}
	}

	private Optional<Restored> loadNewest(@Nullable Snapshot known) {
		List<SnapvecException> vanished = new ArrayList<>();
		while (true) {
			Snapshot newest = latest().orElse(null);
			if (newest == null || newest.equals(known)) {
				return Optional.empty();
			}
			try {
				return Optional.of(new Restored(VectorIndex.load(newest.path(), this.options), newest, List.of(), 0));
			}
			catch (IndexIoException ex) {
				vanished.add(ex);
				if (Files.exists(newest.path()) || vanished.size() == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

}
