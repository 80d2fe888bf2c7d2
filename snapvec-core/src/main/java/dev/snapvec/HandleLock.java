package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.RankedLock;

/**
 * Shared by the mutations of one index, which run concurrently, and held exclusively by
 * what runs between them. Listeners are called once the thread has released it
 * completely, however often it was acquired.
 * <p>
 * A thread that would wait for itself is rejected: one that holds the lock shared can
 * acquire it neither exclusively nor shared a second time.
 */
final class HandleLock {

	/**
	 * Half of the holders that a lock can count before JDK 25; there can be more virtual
	 * threads.
	 */
	private static final int MOST_SHARING = 1 << 15;

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	private final Semaphore sharing = new Semaphore(MOST_SHARING);

	private final String index;

	private final RankedLock ranked;

	/** What to call once the lock is released. Guarded by the exclusive lock. */
	private List<Runnable> afterwards = new ArrayList<>();

	HandleLock(String index) {
		this.index = index;
		this.ranked = new RankedLock(LockRank.HANDLE, "index '" + index + "'");
	}

	/**
	 * Applies a mutation, concurrently with others.
	 * @param call the calling method, for messages
	 * @param mutation the mutation
	 * @return what it returns
	 */
	int shared(String call, IntSupplier mutation) {
		requireNotShared(call);
		if (isExclusive()) {
			return share(mutation); // all shared holders may be waiting for this thread
		}
		this.sharing.acquireUninterruptibly();
		try {
			return share(mutation);
		}
		finally {
			this.sharing.release();
		}
	}

	private int share(IntSupplier mutation) {
		lock(this.lock.readLock());
		try {
			return mutation.getAsInt();
		}
		finally {
			this.lock.readLock().unlock();
			this.ranked.leave();
		}
	}

	/**
	 * Runs an action while no mutation is in progress.
	 * @param call the calling method, for messages
	 * @param action what to run; may call this method again, and mutate
	 */
	void exclusively(String call, Runnable action) {
		requireNotShared(call);
		lock(this.lock.writeLock());
		List<Runnable> afterwards = List.of();
		try {
			action.run();
		}
		finally {
			if (this.lock.getWriteHoldCount() == 1) {
				afterwards = this.afterwards;
				this.afterwards = new ArrayList<>(0);
			}
			this.lock.writeLock().unlock();
			this.ranked.leave();
			afterwards.forEach(Runnable::run);
		}
	}

	private void lock(Lock lock) {
		this.ranked.enter();
		try {
			lock.lock();
		}
		catch (RuntimeException | Error ex) {
			this.ranked.leave();
			throw ex;
		}
	}

	private void requireNotShared(String call) {
		if (this.lock.getReadHoldCount() > 0) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"%s of index '%s' must not be called by its own log: the mutation that the log records would wait for itself",
					call, this.index));
		}
	}

	/**
	 * Calls code of the application: immediately, or once the thread has released the
	 * lock.
	 */
	void afterwards(Runnable action) {
		if (this.lock.isWriteLockedByCurrentThread()) {
			this.afterwards.add(action);
		}
		else {
			action.run();
		}
	}

	boolean isExclusive() {
		return this.lock.isWriteLockedByCurrentThread();
	}

}
