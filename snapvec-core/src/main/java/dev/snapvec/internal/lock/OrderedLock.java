package dev.snapvec.internal.lock;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that rejects a thread that would acquire it in the wrong order.
 */
public final class OrderedLock extends ReentrantLock {

	private static final long serialVersionUID = 1L;

	private final transient RankedLock ranked;

	/**
	 * Creates a lock.
	 * @param rank its rank
	 * @param name what it protects, for messages
	 */
	public OrderedLock(LockRank rank, String name) {
		this.ranked = new RankedLock(rank, name);
	}

	@Override
	public void lock() {
		this.ranked.enter();
		try {
			super.lock();
		}
		catch (RuntimeException | Error ex) {
			this.ranked.leave();
			throw ex;
		}
	}

	@Override
	public void unlock() {
		super.unlock();
		this.ranked.leave();
	}

}
