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
import dev.snapvec.LocalIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a store that another process may write to, on this machine or on one that
 * shares the directory. Acquires no lock, writes nothing, and needs no close.
 * Thread-safe.
 * <p>
 * Guaranteed:
 * <ol>
 * <li>It loads exactly one complete snapshot. The writer's WAL is not read, because it
 * grows meanwhile; so a follower is at most one snapshot behind.
 * <li>If the writer deletes a snapshot while it is loaded, the newer one is loaded
 * instead.
 * <li>A search during {@link #reload} uses either the old snapshot or the new one
 * throughout, and does not wait.
 * <li>A failed reload leaves the index unchanged, and the next one tries again.
 * </ol>
 *
 * @since 0.1.0
 */
public final class StoreFollower {

	/** How often the writer may delete a snapshot that is being loaded. */
	private static final int ATTEMPTS = 10;

	private final StoreFiles files;

	private final LoadOptions options;

	private final OrderedLock loading;

	/** Guarded by {@link #loading}. */
	private long loads;

	/** The latest load to be published; a load that started before it is too late. */
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
	 * @param load the number of the load, in the order of their starts
	 */
	private record Loaded(Snapshot snapshot, long load) {

		boolean isAfter(@Nullable Loaded other) {
			return other == null || this.load > other.load;
		}

	}

	/**
	 * Creates a follower of the store in a directory, which need not exist yet.
	 * @param directory the directory; a symbolic link to it is resolved again each time,
	 * so that a whole directory can be exchanged for another one
	 * @param options how loaded indexes are to score, search and run
	 * @return the follower
	 */
	public static StoreFollower of(Path directory, LoadOptions options) {
		return new StoreFollower(new StoreFiles(directory), options);
	}

	/**
	 * Returns the newest snapshot in the directory.
	 * @return the snapshot, or empty if there are none
	 * @throws IndexIoException if the directory exists but cannot be read
	 */
	public Optional<Snapshot> latest() {
		if (Files.notExists(this.files.directory())) {
			return Optional.empty();
		}
		return this.files.snapshots().stream().findFirst();
	}

	/**
	 * {@return the snapshot that was loaded last, or empty if none was}
	 */
	public Optional<Snapshot> current() {
		return Optional.ofNullable(this.current.get()).map(Loaded::snapshot);
	}

	/**
	 * Loads the newest snapshot.
	 * @return the index, or empty if there are no snapshots
	 * @throws SnapvecException if it cannot be loaded
	 */
	public Optional<Restored> load() {
		return load(null, (restored, loaded) -> this.current.updateAndGet(newer(loaded)));
	}

	/**
	 * Replaces the index behind a handle by the newest snapshot, unless that was loaded
	 * last. A frozen handle stays frozen.
	 * @param index the handle; nothing else should change it, because its content is
	 * replaced
	 * @return the snapshot, or empty if there is no newer one
	 * @throws SnapvecException if it cannot be loaded; the handle is unchanged then
	 * @throws IllegalArgumentException if its dimension differs from that of the handle
	 */
	public Optional<Snapshot> reload(SafeIndex index) {
		LocalIndex local = index.local();
		AtomicBoolean reloaded = new AtomicBoolean();
		Snapshot known = current().orElse(null);
		// no lock but the handle's, whose listeners are called after its release
		return load(known, (restored, loaded) -> local.betweenMutations(() -> {
			Loaded before = this.current.get();
			if (loaded.isAfter(before) && (before == null || !before.snapshot.equals(loaded.snapshot))) {
				local.restore(restored.index());
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
