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

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;
import dev.snapvec.internal.file.Captures;
import dev.snapvec.internal.file.Disk;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds the snapshots of one index, the newest few of them, and on
 * demand a log of what changes between them. Thread-safe.
 * <p>
 * Guaranteed:
 * <ol>
 * <li>One writer: from open to close nobody else can open the directory, in this process
 * or another. If the lock is lost, because somebody deletes or replaces its file, and
 * another writer comes, this one writes and acknowledges nothing more.
 * <li>A snapshot is there whole or not at all, whatever is killed or full; saving never
 * touches an older one before the new one is on disk.
 * <li>A mutation of an index that is {@linkplain #log recorded} is in the log before it
 * returns, as durable as {@link LogSync} says, and stays there until no snapshot needs
 * it.
 * <li>What a crash left half-written is swept when the directory is opened next.
 * </ol>
 *
 * @since 0.1.0
 */
public final class IndexStore implements Closeable {

	private final StoreFiles files;

	private final int retain;

	private final DirectoryLock lock;

	private final OrderedLock saving;

	private final KnownFiles known;

	private StoreLog.@Nullable Loaded loaded;

	private volatile @Nullable StoreLog log;

	private @Nullable SafeIndex logged;

	private volatile @Nullable SnapvecException deletionFailure;

	private IndexStore(StoreFiles files, int retain, DirectoryLock lock) {
		this.files = files;
		this.retain = retain;
		this.lock = lock;
		this.saving = new OrderedLock(LockRank.STORE, "the store in " + files.directory());
		this.known = new KnownFiles(files);
	}

	/**
	 * Opens a directory for writing, and makes it if it is not there.
	 * @param directory the directory, for one index
	 * @param retain how many snapshots to keep, at least 1
	 * @return the store, to be closed
	 * @throws dev.snapvec.StoreLockedException if another writer has it open
	 * @throws IndexIoException if it cannot be made, read or written, or holds files of
	 * which it cannot be told which is right; nothing is changed then
	 */
	public static IndexStore open(Path directory, int retain) {
		return open(directory, retain, Duration.ZERO);
	}

	/**
	 * Opens a directory for writing, and makes it if it is not there. Waits for another
	 * writer to give it up, as one does that is about to end.
	 * @param directory the directory, for one index
	 * @param retain how many snapshots to keep, at least 1
	 * @param patience how long to wait, zero or more; an interrupted thread waits no
	 * longer
	 * @return the store, to be closed
	 * @throws dev.snapvec.StoreLockedException if another writer has it open even then
	 * @throws IndexIoException if it cannot be made, read or written, or holds files of
	 * which it cannot be told which is right; nothing is changed then
	 */
	public static IndexStore open(Path directory, int retain, Duration patience) {
		if (retain < 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "retain is %d, it must be at least 1", retain));
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
	 * Deletes the temporary files of writers that did not live to. One that lost the
	 * directory after it last asked for it finds nothing to rename any more.
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
	 * @return its real path, as it was when the store was opened: what becomes of
	 * symbolic links to it later does not matter
	 */
	public Path directory() {
		return this.files.directory();
	}

	/**
	 * Checks all snapshots and logs of a directory exactly as restoring does, and tells
	 * what a writer that opened it would get. Takes no lock and changes nothing, so a
	 * writer may have it open; then the report is of one moment, the logs as far as they
	 * were written by then, and what is being written counts as torn. It takes the time,
	 * and while it runs the memory, of loading each snapshot once and of applying the
	 * logs.
	 * @param directory the directory of a store
	 * @return what was found, damage included
	 * @throws IndexIoException if the directory cannot be read
	 */
	public static StoreReport verify(Path directory) {
		return StoreVerification.of(new StoreFiles(directory));
	}

	/**
	 * Lists the snapshots.
	 * @return those there are, newest first, without damaged ones that were set aside
	 * @throws IndexIoException if the directory cannot be read
	 */
	public List<Snapshot> snapshots() {
		return this.files.snapshots();
	}

	/**
	 * Loads the newest snapshot, and applies the mutations that were recorded since, if
	 * any were. What was being recorded when the writer ended, and was not acknowledged,
	 * is left out.
	 * @param options how the index shall score
	 * @return the index, or nothing if there are no snapshots
	 * @throws SnapvecException if the newest snapshot or the log cannot be loaded
	 * @throws IllegalStateException if the store is closed
	 */
	public Optional<Restored> restore(LoadOptions options) {
		return whileOpen(() -> loadNewest(options));
	}

	private Optional<Restored> loadNewest(LoadOptions options) {
		return restored(Restoration.newest(this.files, options));
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
	 * Loads the newest snapshot that is sound, and applies the mutations that were
	 * recorded since, up to the first that is not; nothing recorded is lost if only
	 * snapshots are damaged. A mutation is applied whole or not at all. What is damaged
	 * and newer is kept, under names that end with {@code .corrupt}, or
	 * {@code .corrupt-2} and so on; if that cannot be done, nothing is restored, and the
	 * next attempt finds the same.
	 * @param options how the index shall score
	 * @return the index, or nothing if there are no snapshots
	 * @throws CorruptIndexException if there are snapshots and all are damaged, or a log
	 * and no snapshots; they stay as they are
	 * @throws IndexIoException if a file cannot be read, or what is damaged not be set
	 * aside
	 * @throws IllegalStateException if the store is closed
	 */
	public Optional<Restored> restoreNewestSound(LoadOptions options) {
		return whileOpen(() -> loadNewestSound(options));
	}

	private Optional<Restored> loadNewestSound(LoadOptions options) {
		Restoration found = Restoration.newestSound(this.files, options);
		if (found != null) {
			found.setRestAside(this.files);
		}
		return restored(found);
	}

	/**
	 * Moves all snapshots and logs to a new directory below this one, where they are kept
	 * for ever.
	 * @return that directory
	 * @throws IndexIoException if they cannot be moved
	 * @throws IllegalStateException if mutations are being recorded, or the store is
	 * closed
	 */
	public Path setAside() {
		return whileOpen(() -> {
			if (this.logged != null) {
				throw new IllegalStateException(
						String.format(Locale.ROOT, "%s records the mutations of index '%s', its files are needed",
								directory(), this.logged.name()));
			}
			return moveAside();
		});
	}

	/**
	 * Snapshots first, the newest of them first: what is left if that fails gives the
	 * same as before, or is refused, and never an older state.
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
			throw new IndexIoException(directory(), "set snapshots aside in", ex);
		}
	}

	/**
	 * Records all mutations of an index from now until the store is closed, each before
	 * it is applied; {@link #restore} applies them again. One that cannot be recorded
	 * fails with an {@link IndexIoException} and is not applied. An index that was
	 * restored from here or saved to here, and has not changed since, goes on with the
	 * log that is there. One that never held anything, in a store without snapshots, is
	 * saved when its first mutation is recorded, with the attributes it has then, and
	 * need not be fitted before. Any other one is saved first, and so must be fitted. An
	 * index that later {@linkplain SafeIndex#replace replaces} it is saved too, while
	 * mutations wait.
	 * @param index the index
	 * @param sync when mutations are forced to disk
	 * @throws IndexIoException if the log cannot be begun
	 * @throws IllegalStateException if an index is recorded already, or this one by
	 * another store, or the store is closed
	 */
	public void log(SafeIndex index, LogSync sync) {
		whileOpen(() -> {
			if (this.logged != null) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"%s records the mutations of index '%s' already", directory(), this.logged.name()));
			}
			// Once only: what a failed attempt left of a log is not to be continued.
			StoreLog.Loaded loaded = this.loaded;
			this.loaded = null;
			StoreLog log = new StoreLog(this.files, this.lock::requireOwned, sync, index, loaded);
			index.log(log);
			this.log = log;
			this.logged = index;
			return index;
		});
	}

	/**
	 * Saves an index as the next snapshot, marks it as saved, and deletes the oldest
	 * snapshots that are too many, with the logs that no other snapshot needs.
	 * @param index the index, which may change meanwhile
	 * @return the snapshot
	 * @throws IndexIoException if it cannot be written; older snapshots are then all
	 * still there. That old ones cannot be deleted is told by {@link #deletionFailure}
	 * @throws dev.snapvec.StoreLockedException if the directory was deleted and made
	 * again, and another writer has it now
	 * @throws IllegalArgumentException if another index is being recorded
	 * @throws IllegalStateException if the store is closed, or the calling thread runs an
	 * action {@linkplain SafeIndex#betweenMutations between mutations}, for which another
	 * save may wait
	 */
	public Snapshot save(SafeIndex index) {
		return whileOpen(() -> {
			Snapshot snapshot = (this.log != null) ? saveLogged(index, this.log) : saveUnlogged(index);
			this.deletionFailure = deleteOld();
			return snapshot;
		});
	}

	/** Does what may write, one at a time, and as long as nobody else may. */
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

	/** What is there is of this writer as long as it is the owner. */
	private void updateKnown() {
		try {
			this.lock.requireOwned();
			this.known.update();
		}
		catch (IOException | SnapvecException ex) {
			// the next action fails for the same reason, or finds the lock as it should
			// be
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
		long number = this.files.nextNumber();
		long generation = index.generation();
		VectorIndex saved = index.index();
		Captures.Capture capture = Captures.of(saved);
		Snapshot snapshot = save(capture, number);
		index.markSaved(generation);
		this.loaded = new StoreLog.Loaded(saved, capture.changes(), number, null);
		return snapshot;
	}

	private Snapshot saveLogged(SafeIndex index, StoreLog log) {
		if (index != this.logged) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"%s records the mutations of another index than '%s'", directory(), index.name()));
		}
		StoreLog.Cut cut = log.cut();
		Snapshot snapshot = cut.saved() ? this.files.describe(cut.number()) : save(cut.capture(), cut.number());
		log.saved();
		index.markSaved(cut.generation());
		return snapshot;
	}

	private Snapshot save(Captures.Capture capture, long number) {
		capture.save(this.files.snapshot(number), this.lock::requireOwned);
		return this.files.describe(number);
	}

	/** What cannot be deleted is no reason to say that nothing was saved. */
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
	 * Tells why the latest {@link #save} could not delete what it made superfluous. That
	 * snapshot is saved all the same; the next save tries again.
	 * @return the failure, or nothing if all was deleted
	 */
	public Optional<SnapvecException> deletionFailure() {
		return Optional.ofNullable(this.deletionFailure);
	}

	/**
	 * Tells what the log is like. Nothing is read from disk to find out.
	 * @return that, or nothing if mutations are not recorded
	 */
	public Optional<LogStats> logStats() {
		return Optional.ofNullable(this.log).map(StoreLog::stats);
	}

	/**
	 * Ends recording and gives the directory up to the next writer. What changes from now
	 * on is in memory only.
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
		logged.log(null);
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
