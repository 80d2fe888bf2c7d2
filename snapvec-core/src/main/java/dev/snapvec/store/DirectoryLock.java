package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.snapvec.StoreLockedException;
import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that a directory has one writer: an operating system lock on a file in it,
 * which is released when the process ends, however it ends. Thread-safe.
 * <p>
 * The lock can be lost silently: the file can be deleted or replaced, and any code in
 * this process that opens and closes it releases the lock. So the file names the owner,
 * and a writer checks that it still does. If another writer has been named in between,
 * the lock is lost for good: to continue would undo what that writer acknowledged. See
 * docs/adr/0010-a-log-that-is-never-appended-to-twice.md.
 */
final class DirectoryLock implements Closeable {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	private final Path directory;

	private final OrderedLock guard = new OrderedLock(LockRank.DIRECTORY, "the ownership of a directory");

	private final LockOwner self = LockOwner.ofThisProcess();

	private LockFile file;

	private @Nullable LockOwner taker;

	private volatile boolean closed;

	/** Whether another writer has left files. */
	@FunctionalInterface
	interface Others {

		boolean wrote() throws IOException;

	}

	private DirectoryLock(Path directory) throws IOException {
		this.directory = directory;
		this.file = LockFile.open(directory);
		try {
			this.file.claim(this.self);
		}
		catch (IOException | RuntimeException | Error ex) {
			this.file.close();
			throw ex;
		}
	}

	/**
	 * @param directory the real path of the directory
	 * @param patience how long to retry while another writer owns it
	 */
	static DirectoryLock acquire(Path directory, Duration patience) throws IOException {
		long start = System.nanoTime();
		long most = nanos(patience);
		for (long pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
			try {
				return acquire(directory);
			}
			catch (StoreLockedException ex) {
				long left = most - (System.nanoTime() - start);
				if (left <= 0 || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
				LockSupport.parkNanos(Math.min(pause, left));
			}
		}
	}

	private static long nanos(Duration patience) {
		try {
			return patience.toNanos();
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

	private static DirectoryLock acquire(Path directory) throws IOException {
		synchronized (OpenStores.MONITOR) {
			if (!OpenStores.add(directory)) {
				throw LockFile.inUse(directory, LockOwner.HERE);
			}
			try {
				return new DirectoryLock(directory);
			}
			catch (IOException | RuntimeException | Error ex) {
				OpenStores.remove(directory);
				throw ex;
			}
		}
	}

	/**
	 * Checks, in some microseconds, that this writer still owns the directory. Must be
	 * called after a write is on disk and before it is acknowledged.
	 * @throws StoreLockedException if another writer has taken it over
	 * @throws IOException if the lock file was deleted, emptied or replaced by a copy
	 * @throws IllegalStateException if this is closed
	 */
	void requireOwned() throws IOException {
		this.guard.lock();
		try {
			if (!isOwned()) {
				throw new IOException(String.format(Locale.ROOT,
						"the lock file %s was deleted, emptied or replaced by a copy; save a snapshot to continue",
						this.file.path()));
			}
		}
		finally {
			this.guard.unlock();
		}
	}

	/**
	 * Checks the lock, and acquires it again if nobody else has owned it since: deleting
	 * the directory deletes the lock file with it.
	 * @param others whether there are files of another writer; called if none is named
	 * @throws StoreLockedException if another writer owns the directory, or has owned it
	 * since
	 * @throws IllegalStateException if this is closed
	 */
	void ensure(Others others) throws IOException {
		this.guard.lock();
		try {
			if (!isOwned()) {
				acquireAgain(others);
			}
		}
		finally {
			this.guard.unlock();
		}
	}

	/** False if nobody owns the directory. */
	private boolean isOwned() throws IOException {
		if (this.closed) {
			throw new IllegalStateException(String.format(Locale.ROOT, "the store of %s is closed", this.directory));
		}
		requireNotTaken();
		LockFile.Found found = this.file.find();
		requireNobodyElse(found.owner());
		return found.inPlace() && found.owner().equals(this.self);
	}

	private void requireNobodyElse(LockOwner owner) {
		if (!owner.equals(LockOwner.NOBODY) && !owner.equals(this.self)) {
			takenBy(owner);
		}
	}

	private void takenBy(LockOwner owner) {
		this.taker = owner;
		requireNotTaken();
	}

	private void requireNotTaken() {
		if (this.taker != null) {
			throw new StoreLockedException(this.directory,
					String.format(Locale.ROOT,
							"%s was taken over by another writer: %s; this store writes nothing more to it."
									+ " Close the store, and open it again to continue from what the other writer left",
							this.directory, this.taker));
		}
	}

	private void acquireAgain(Others others) throws IOException {
		if (this.file.find().inPlace()) {
			if (!this.file.lockAgain()) {
				takenBy(LockOwner.NOBODY);
			}
			claimAgain(this.file, others);
			return;
		}
		synchronized (OpenStores.MONITOR) {
			LockFile next = openAgain(others);
			this.file.close();
			this.file = next;
		}
	}

	private LockFile openAgain(Others others) throws IOException {
		LockFile next;
		try {
			next = LockFile.open(this.directory);
		}
		catch (StoreLockedException ex) {
			takenBy(this.file.find().owner());
			throw ex;
		}
		try {
			claimAgain(next, others);
			return next;
		}
		catch (IOException | RuntimeException | Error ex) {
			next.close();
			throw ex;
		}
	}

	private void claimAgain(LockFile file, Others others) throws IOException {
		LockOwner last = file.find().owner();
		requireNobodyElse(last);
		if (last.equals(LockOwner.NOBODY) && others.wrote()) {
			takenBy(LockOwner.GONE);
		}
		file.claim(this.self);
	}

	@Override
	public void close() throws IOException {
		this.guard.lock();
		try {
			if (!this.closed) { // otherwise another writer may own it by now
				this.closed = true;
				OpenStores.remove(this.directory);
				this.file.close();
			}
		}
		finally {
			this.guard.unlock();
		}
	}

}
