package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.LocalIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.capture.Captures;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import dev.snapvec.internal.number.NumberedStore;
import dev.snapvec.internal.number.ReplayListener;
import dev.snapvec.internal.number.SnapshotCompanion;
import org.jspecify.annotations.Nullable;

/**
 * A directory with the newest snapshots of one index and, if requested, a write-ahead log
 * (WAL) of the mutations since. Thread-safe.
 * <p>
 * Guaranteed:
 * <ol>
 * <li>One writer: from open to close nobody else can open the directory, in this process
 * or another. If the lock is lost, because its file is deleted or replaced, and another
 * writer opens the directory, this one writes and acknowledges nothing more.
 * <li>A snapshot is written atomically, even if the process is killed or the disk is
 * full; saving never deletes an older one before the new one is on disk.
 * <li>A mutation of an index with a {@linkplain #log write-ahead log} is recorded before
 * it returns, as durably as {@link LogSync} says, and its record is retained until no
 * snapshot needs it.
 * <li>Files that a crash left incomplete are deleted when the directory is opened next.
 * </ol>
 * <p>
 * What survives which failure, and how to repair a directory, is in docs/durability.md;
 * the reasons are in docs/adr/0005-write-ahead-log.md.
 *
 * @since 0.1.0
 */
public final class IndexStore implements Closeable {

	private final StoreFiles files;

	private final int retain;

	private final DirectoryLock lock;

	private final OrderedLock saving;

	private final KnownFiles known;

	private volatile ReplayListener replayListener = ReplayListener.NONE;

	private volatile @Nullable SnapshotCompanion companion;

	private StoreLog.@Nullable Loaded loaded;

	private volatile @Nullable StoreLog log;

	private @Nullable SafeIndex logged;

	private volatile @Nullable SnapvecException deletionFailure;

	static {
		NumberedStore.provide(new NumberedStore() {
			@Override
			protected void setReplayListener(Object store, ReplayListener listener) {
				((IndexStore) store).replayListener = listener;
			}

			@Override
			protected void setCompanion(Object store, SnapshotCompanion companion) {
				((IndexStore) store).companion = companion;
			}
		});
	}

	private IndexStore(StoreFiles files, int retain, DirectoryLock lock) {
		this.files = files;
		this.retain = retain;
		this.lock = lock;
		this.saving = new OrderedLock(LockRank.STORE, "the store in " + files.directory());
		this.known = new KnownFiles(files);
	}

	/**
	 * Opens a directory for writing, and creates it if it does not exist.
	 * @param directory the directory, for one index
	 * @param retain the number of snapshots to retain, at least 1
	 * @return the store, to be closed
	 * @throws dev.snapvec.StoreLockedException if another writer owns the directory
	 * @throws IndexIoException if the directory cannot be created, read or written, or
	 * holds files that contradict each other; nothing is changed then
	 */
	public static IndexStore open(Path directory, int retain) {
		return open(directory, retain, Duration.ZERO);
	}

	/**
	 * Opens a directory for writing, and creates it if it does not exist. Waits for
	 * another writer to release the directory, for example one that is shutting down.
	 * @param directory the directory, for one index
	 * @param retain the number of snapshots to retain, at least 1
	 * @param patience the maximum time to wait, zero or more; an interrupted thread stops
	 * waiting
	 * @return the store, to be closed
	 * @throws dev.snapvec.StoreLockedException if another writer still owns the directory
	 * then
	 * @throws IndexIoException if the directory cannot be created, read or written, or
	 * holds files that contradict each other; nothing is changed then
	 */
	public static IndexStore open(Path directory, int retain, Duration patience) {
		if (retain < 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "retain must be at least 1, but was %d", retain));
		}
		if (patience.isNegative()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "patience must be zero or more, but was %s", patience));
		}
		try {
			NewDirectory.create(directory);
			Path real = directory.toRealPath();
			DirectoryLock lock = DirectoryLock.acquire(real, patience);
			try {
				StoreFiles files = new StoreFiles(real);
				AsciiNames.restore(files);
				IndexStore store = new IndexStore(files, retain, lock);
				store.sweep();
				store.known.update();
				return store;
			}
			catch (IOException | RuntimeException | Error ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new IndexIoException(directory, "use as a store", ex);
		}
	}

	/**
	 * Deletes the temporary files that interrupted writers left. A writer that lost the
	 * directory after its last check finds nothing to rename any more.
	 */
	private void sweep() throws IOException {
		for (Path file : this.files.all()) {
			if (StoreName.isTemporary(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
				Disk.current().delete(file);
			}
		}
	}

	/**
	 * Returns the directory.
	 * @return its real path when the store was opened, whatever happens to symbolic links
	 * to it later
	 */
	public Path directory() {
		return this.files.directory();
	}

	/**
	 * Checks all snapshots and WAL segments of a directory exactly as restoring does, and
	 * reports what a writer that opened it would restore. Acquires no lock and changes
	 * nothing, so a writer may own the directory; then the report covers one moment, with
	 * segments as far as they were written by then, and a mutation being written counts
	 * as a torn tail. It takes the time, and while it runs the memory, of loading each
	 * snapshot once and replaying the WAL.
	 * @param directory the directory of a store
	 * @return the report, including damage
	 * @throws IndexIoException if the directory cannot be read
	 */
	public static StoreReport verify(Path directory) {
		return StoreVerification.of(new StoreFiles(directory));
	}

	/**
	 * {@return the snapshots, newest first, without damaged ones that were set aside}
	 * @throws IndexIoException if the directory cannot be read
	 */
	public List<Snapshot> snapshots() {
		return this.files.snapshots();
	}

	/**
	 * Loads the newest snapshot and replays the mutations that were recorded since. A
	 * torn tail, a mutation that was not acknowledged when the writer ended, is dropped.
	 * @param options how the index is to score, search and run
	 * @return the index, or empty if there are no snapshots
	 * @throws SnapvecException if the newest snapshot or the WAL cannot be loaded; no
	 * file is changed then
	 * @throws IllegalStateException if the store is closed
	 */
	public Optional<Restored> restore(LoadOptions options) {
		return whileOpen(() -> loadNewest(options));
	}

	private Optional<Restored> loadNewest(LoadOptions options) {
		return restored(Restoration.newest(this.files, options, this.replayListener));
	}

	private Optional<Restored> restored(@Nullable Restoration found) {
		if (found == null) {
			return Optional.empty();
		}
		LogChain.Outcome outcome = found.outcome();
		VectorIndex index = outcome.index();
		this.loaded = new StoreLog.Loaded(index, Captures.changes(index), found.snapshot().number(), outcome.last());
		return Optional.of(new Restored(index, found.snapshot(), found.reasons(), outcome.mutations()));
	}

	/**
	 * Loads the newest snapshot that is not damaged and replays the mutations recorded
	 * since, up to the first that is damaged or does not fit; that one and all later ones
	 * are left out, each as a whole. If only snapshots are damaged, no recorded mutation
	 * is lost, except those since a damaged snapshot that a log began with, as after
	 * {@link SafeIndex#replace}.
	 * <p>
	 * Damaged snapshots, and segments that are not replayed, are kept under names that
	 * end with {@code .corrupt}, or {@code .corrupt-2} and so on; of a segment that is
	 * replayed in part, a copy is kept. If that fails, nothing is restored, and the next
	 * attempt finds the same state.
	 * @param options how the index is to score, search and run
	 * @return the index and why files were skipped, or empty if there is neither a
	 * snapshot nor a recorded mutation
	 * @throws CorruptIndexException if all snapshots are damaged, or there is a WAL but
	 * no snapshot; all files stay as they are
	 * @throws dev.snapvec.UnsupportedVersionException if a snapshot or segment was
	 * written by a newer version; it is not skipped
	 * @throws IllegalArgumentException if the index type does not support an option
	 * @throws dev.snapvec.StoreLockedException if another writer owns the directory now
	 * @throws IndexIoException if a file cannot be read, or a damaged one cannot be set
	 * aside
	 * @throws IllegalStateException if the store is closed
	 */
	public Optional<Restored> restoreNewestSound(LoadOptions options) {
		return whileOpen(() -> loadNewestSound(options));
	}

	private Optional<Restored> loadNewestSound(LoadOptions options) {
		Restoration found = Restoration.newestSound(this.files, options, this.replayListener);
		if (found != null) {
			found.setRestAside(this.files);
		}
		return restored(found);
	}

	/**
	 * Moves all snapshots and WAL segments to a new directory below this one, where they
	 * are kept for good.
	 * @return the new directory
	 * @throws IndexIoException if they cannot be moved
	 * @throws IllegalStateException if a write-ahead log is open, or the store is closed
	 */
	public Path setAside() {
		return whileOpen(() -> {
			if (this.logged != null) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"%s holds the open write-ahead log of index '%s', which needs its files", directory(),
						this.logged.name()));
			}
			return moveAside();
		});
	}

	/**
	 * Snapshots first, the newest of them first: after a failure, the remaining files
	 * restore the same state or are rejected, but never restore an older state.
	 */
	private Path moveAside() {
		try {
			this.loaded = null;
			Path aside = Disk.current().createDirectory(directory(), "set-aside-");
			for (Snapshot snapshot : snapshots()) {
				StoreFiles.move(snapshot.path(), aside.resolve(snapshot.path().getFileName()));
			}
			Disk.current().forceDirectory(directory());
			for (Path log : this.files.logs().values()) {
				StoreFiles.move(log, aside.resolve(log.getFileName()));
			}
			Disk.current().forceDirectory(aside);
			Disk.current().forceDirectory(directory());
			return aside;
		}
		catch (IOException ex) {
			throw new IndexIoException(directory(), "set aside snapshots in", ex);
		}
	}

	/**
	 * Starts a write-ahead log: until the store is closed, each mutation of the index is
	 * recorded before it is applied, and {@link #restore} replays it. A mutation that
	 * cannot be recorded fails with an {@link IndexIoException} and is not applied. An
	 * index that was restored from this store or saved to it, and has not changed since,
	 * continues the existing WAL. A new, empty index, in a store without snapshots, is
	 * saved when its first mutation is recorded, with the attributes it has then, and
	 * need not be fitted before. Any other index is saved first, and so must be fitted.
	 * An index that later {@linkplain SafeIndex#replace replaces} it is saved too, while
	 * mutations wait.
	 * @param index the index
	 * @param sync when mutations are forced to disk
	 * @throws IndexIoException if the WAL cannot be started
	 * @throws IllegalStateException if the store has a WAL already, or the index is
	 * recorded by another store, or the store is closed
	 */
	public void log(SafeIndex index, LogSync sync) {
		whileOpen(() -> {
			if (this.logged != null) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"%s holds the open write-ahead log of index '%s' already", directory(), this.logged.name()));
			}
			LocalIndex local = index.local();
			// Only once: what a failed attempt left of a segment must not be continued.
			StoreLog.Loaded loaded = this.loaded;
			this.loaded = null;
			StoreLog log = new StoreLog(this.files, this.lock::requireOwned, sync, index, loaded, this::withDocuments);
			local.log(log);
			this.log = log;
			this.logged = index;
			return index;
		});
	}

	/**
	 * Saves an index as the next snapshot, marks it as saved, and deletes the oldest
	 * snapshots beyond those to retain, with the WAL segments that no other snapshot
	 * needs.
	 * @param index the index; mutations may continue meanwhile
	 * @return the snapshot
	 * @throws IndexIoException if it cannot be written; all older snapshots are retained
	 * then. A failure to delete old ones is reported by {@link #deletionFailure}
	 * @throws dev.snapvec.StoreLockedException if another writer owns the directory by
	 * now
	 * @throws IllegalArgumentException if the WAL of the store is of another index
	 * @throws IllegalStateException if the store is closed, or the calling thread is in
	 * an action {@linkplain LocalIndex#betweenMutations between mutations}, for which
	 * another save may wait
	 */
	public Snapshot save(SafeIndex index) {
		return whileOpen(() -> {
			Snapshot snapshot = saveWithCompanion(index);
			SnapvecException failure = deleteOld();
			this.deletionFailure = (failure != null) ? failure : tellRetained();
			return snapshot;
		});
	}

	private Snapshot saveWithCompanion(SafeIndex index) {
		SnapshotCompanion companion = this.companion;
		if (companion == null) {
			return saveAsNext(index);
		}
		companion.starting();
		try {
			return saveAsNext(index);
		}
		finally {
			companion.ended();
		}
	}

	private Snapshot saveAsNext(SafeIndex index) {
		return (this.log != null) ? saveLogged(index, this.log) : saveUnlogged(index);
	}

	/** Has the documents of a state saved, which names their commit from then on. */
	private Captures.Capture withDocuments(Captures.Capture capture, long snapshot) {
		SnapshotCompanion companion = this.companion;
		return (companion != null) ? capture.withCommit(companion.commit(snapshot, new CapturedNumbers(capture)))
				: capture;
	}

	private record CapturedNumbers(Captures.Capture capture) implements SnapshotCompanion.Moment {

		@Override
		public long newest() {
			return this.capture.newestNumber();
		}

		@Override
		public boolean holds(long number) {
			return this.capture.holds(number);
		}

	}

	private @Nullable SnapvecException tellRetained() {
		SnapshotCompanion companion = this.companion;
		try {
			if (companion != null) {
				companion.retained(snapshots().stream().map(Snapshot::number).collect(Collectors.toSet()));
			}
			return null;
		}
		catch (SnapvecException ex) {
			return ex;
		}
	}

	/**
	 * Runs actions that may write, one at a time, and only while this writer owns the
	 * directory.
	 */
	private <T> T whileOpen(Supplier<T> action) {
		this.saving.lock();
		try {
			ensureLock();
			try {
				return action.get();
			}
			finally {
				updateKnown();
			}
		}
		finally {
			this.saving.unlock();
		}
	}

	/** As long as this writer is the owner, all files are its own. */
	private void updateKnown() {
		try {
			this.lock.requireOwned();
			this.known.update();
		}
		catch (IOException | SnapvecException ex) {
			// the next action fails for the same reason, or finds a valid lock
			return;
		}
	}

	private void ensureLock() {
		StoreLog log = this.log;
		long begun = (log != null) ? log.number() : 0;
		try {
			this.lock.ensure(() -> this.known.hasOthers(begun));
		}
		catch (IOException ex) {
			throw new IndexIoException(directory(), "lock", ex);
		}
	}

	private Snapshot saveUnlogged(SafeIndex index) {
		LocalIndex local = index.local();
		long number = this.files.nextNumber();
		long generation = index.generation();
		VectorIndex saved = local.index();
		Captures.Capture capture = Captures.of(saved);
		Snapshot snapshot = save(capture, number);
		local.markSaved(generation);
		this.loaded = new StoreLog.Loaded(saved, capture.changes(), number, null);
		return snapshot;
	}

	private Snapshot saveLogged(SafeIndex index, StoreLog log) {
		if (index != this.logged) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"%s holds the open write-ahead log of another index than '%s'", directory(), index.name()));
		}
		StoreLog.Cut cut = log.cut();
		Snapshot snapshot = cut.saved() ? this.files.describe(cut.number()) : save(cut.capture(), cut.number());
		log.saved();
		index.local().markSaved(cut.generation());
		return snapshot;
	}

	private Snapshot save(Captures.Capture capture, long number) {
		withDocuments(capture, number).save(this.files.snapshot(number), this.lock::requireOwned);
		return this.files.describe(number);
	}

	/** The snapshot is saved even if old ones cannot be deleted. */
	private @Nullable SnapvecException deleteOld() {
		try {
			this.lock.requireOwned();
			return this.files.deleteAllBut(this.retain);
		}
		catch (SnapvecException ex) {
			return ex;
		}
		catch (IOException ex) {
			return new IndexIoException(directory(), "delete old snapshots in", ex);
		}
	}

	/**
	 * Returns why the latest {@link #save} could not delete old snapshots or segments.
	 * Its snapshot is saved nevertheless; the next save tries again.
	 * @return the failure, or empty if all were deleted
	 */
	public Optional<SnapvecException> deletionFailure() {
		return Optional.ofNullable(this.deletionFailure);
	}

	/**
	 * Returns statistics of the write-ahead log, without reading from disk.
	 * @return the statistics, or empty without a write-ahead log
	 */
	public Optional<LogStats> logStats() {
		return Optional.ofNullable(this.log).map(StoreLog::stats);
	}

	/**
	 * Closes the write-ahead log and releases the directory to the next writer. Later
	 * mutations of the index are in memory only.
	 */
	@Override
	public void close() {
		this.saving.lock();
		try {
			closeLog();
		}
		finally {
			try {
				closeLock();
			}
			finally {
				this.saving.unlock();
			}
		}
	}

	private void closeLog() {
		StoreLog log = this.log;
		SafeIndex logged = this.logged;
		if (log == null || logged == null) {
			return;
		}
		this.log = null;
		this.logged = null;
		logged.local().log(null);
		try {
			log.close();
		}
		catch (IOException ex) {
			throw new IndexIoException(directory(), "close the log in", ex);
		}
	}

	private void closeLock() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new IndexIoException(directory(), "unlock", ex);
		}
	}

}
