package dev.snapvec.internal.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The rank of one lock. Each thread records which locks it holds, and is rejected if it
 * would wait for one of a higher rank: another thread may hold that one and wait for a
 * lock of this thread. Thread-safe.
 */
public final class RankedLock {

	/** A collection of the JDK, so that no thread keeps our classes alive. */
	private static final ThreadLocal<Deque<RankedLock>> HELD = new ThreadLocal<>();

	private final LockRank rank;

	private final String name;

	/**
	 * Creates the rank of a lock.
	 * @param rank its rank
	 * @param name what it protects, for messages
	 */
	public RankedLock(LockRank rank, String name) {
		this.rank = rank;
		this.name = name;
	}

	/**
	 * Records that the thread acquires the lock. Must be called before it waits for it.
	 * @throws IllegalStateException if the thread holds a lock that comes after it, or
	 * another one of the same rank
	 */
	public void enter() {
		Deque<RankedLock> held = held();
		if (!held.contains(this)) {
			held.forEach(this::requireAfter);
		}
		held.push(this);
	}

	private void requireAfter(RankedLock other) {
		if (this.rank.compareTo(other.rank) <= 0) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"%s must not be waited for while this thread holds %s, as others may hold the one and wait for"
							+ " the other; call it before or after",
					this.name, other.name));
		}
	}

	/** Records that the thread released the lock. */
	public void leave() {
		held().removeFirstOccurrence(this);
	}

	/**
	 * {@return whether the calling thread holds the lock}
	 */
	public boolean isHeld() {
		return held().contains(this);
	}

	/**
	 * {@return whether the calling thread holds any lock of a rank}
	 * @param rank the rank
	 */
	public static boolean isHeld(LockRank rank) {
		return held().stream().anyMatch((lock) -> lock.rank == rank);
	}

	/**
	 * {@return whether the calling thread holds any lock}
	 */
	public static boolean isAnyHeld() {
		return !held().isEmpty();
	}

	/**
	 * For tests: runs, in the calling thread, what stands for another process, as if it
	 * held no lock.
	 */
	static void withNoneHeld(Runnable action) {
		Deque<RankedLock> held = held();
		HELD.remove();
		try {
			action.run();
		}
		finally {
			HELD.set(held);
		}
	}

	private static Deque<RankedLock> held() {
		Deque<RankedLock> held = HELD.get();
		if (held == null) {
			held = new ArrayDeque<>(4);
			HELD.set(held);
		}
		return held;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
