package dev.snapvec.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
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

	private final OrderedLock loading;

	/** Guarded by {@link #loading}. */
	private long loads;

	/** What was loaded last; what was loaded before it comes too late. */
	private final AtomicReference<@Nullable Loaded> current = new AtomicReference<>();

	private StoreFollower(StoreFiles files, LoadOptions options) {
		this.files = files;
		this.options = options;
		this.loading = new OrderedLock(LockRank.FOLLOWER, "the follower of " + files.directory());
	}

	/**
	 * A snapshot that was loaded.
	 *
	 * @param snapshot the snapshot
	 * @param load counts up with every load
	 */
	private record Loaded(Snapshot snapshot, long load) {

		boolean isAfter(@Nullable Loaded other) {
			return other == null || this.load > other.load;
		}

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
		return Optional.ofNullable(this.current.get()).map(Loaded::snapshot);
	}

	/**
	 * Loads the newest snapshot.
	 * @return the index, or nothing if there are no snapshots
	 * @throws SnapvecException if it cannot be loaded
	 */
	public Optional<Restored> load() {
		return load(null, (restored, loaded) -> this.current.updateAndGet(newer(loaded)));
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
		AtomicBoolean reloaded = new AtomicBoolean();
		Snapshot known = current().orElse(null);
		// no lock but the handle's, which tells its listeners once it is given back
		return load(known, (restored, loaded) -> index.betweenMutations(() -> {
			Loaded before = this.current.get();
			if (loaded.isAfter(before) && (before == null || !before.snapshot.equals(loaded.snapshot))) {
				index.restore(restored.index());
				this.current.updateAndGet(newer(loaded));
				reloaded.set(true);
			}
		})).filter((restored) -> reloaded.get()).map(Restored::snapshot);
	}

	private static UnaryOperator<@Nullable Loaded> newer(Loaded loaded) {
		return (before) -> loaded.isAfter(before) ? loaded : before;
	}

	private Optional<Restored> load(@Nullable Snapshot known, BiConsumer<Restored, Loaded> publication) {
		Restored restored;
		Loaded loaded;
		this.loading.lock();
		try {
			restored = readNewest(known).orElse(null);
			if (restored == null) {
				return Optional.empty();
			}
			loaded = new Loaded(restored.snapshot(), ++this.loads);
		}
		finally {
			this.loading.unlock();
		}
		publication.accept(restored, loaded);
		return Optional.of(restored);
	}

	private Optional<Restored> readNewest(@Nullable Snapshot known) {
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
