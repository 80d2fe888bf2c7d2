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
 * What mutations of one index share, and what goes between them has alone. Listeners are
 * told when the thread has given it back, however deep it was taken.
 * <p>
 * A thread that would wait for itself is refused: one that shares the lock cannot have it
 * alone, and does not share it twice.
 */
final class HandleLock {

	/** Half of those that a lock counts before JDK 25; virtual threads can be more. */
	private static final int MOST_SHARING = 1 << 15;

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	private final Semaphore sharing = new Semaphore(MOST_SHARING);

	private final String index;

	private final RankedLock ranked;

	/** What to do once the lock is given back; only who has it alone touches it. */
	private List<Runnable> afterwards = new ArrayList<>();

	HandleLock(String index) {
		this.index = index;
		this.ranked = new RankedLock(LockRank.HANDLE, "index '" + index + "'");
	}

	/**
	 * Applies a mutation, while others do.
	 * @param call the method that does, for messages
	 * @param mutation the mutation
	 * @return what it returns
	 */
	int shared(String call, IntSupplier mutation) {
		requireNotShared(call);
		if (isExclusive()) {
			return share(mutation); // those that share may all wait for this thread
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
	 * Does something while no mutation is under way.
	 * @param call the method that does, for messages
	 * @param action what to do; can do so again, and mutate
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
					"%s of index '%s' was called by its own log, which records a mutation that would wait for itself",
					call, this.index));
		}
	}

	/**
	 * Calls code of the application: now, or when the thread has given the lock back.
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
