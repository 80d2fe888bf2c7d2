package dev.snapvec.internal.lock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * One lock as far as its rank is concerned. Every thread knows which ones it holds, and
 * is refused to wait for one that comes before them: others may hold that one and wait
 * for what this thread has. Thread-safe.
 */
public final class RankedLock {

	/** A plain collection, so that no thread keeps classes of ours alive. */
	private static final ThreadLocal<Deque<RankedLock>> HELD = new ThreadLocal<>();

	private final LockRank rank;

	private final String name;

	/**
	 * Names a lock.
	 * @param rank its rank
	 * @param name what it locks, for messages
	 */
	public RankedLock(LockRank rank, String name) {
		this.rank = rank;
		this.name = name;
	}

	/**
	 * Notes that the thread takes the lock. To be called before it waits for it.
	 * @throws IllegalStateException if it holds one that comes after it, or another one
	 * of its rank
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

	/** Notes that the thread gave the lock back. */
	public void leave() {
		held().removeFirstOccurrence(this);
	}

	/**
	 * Tells whether the calling thread holds it.
	 * @return whether it does
	 */
	public boolean isHeld() {
		return held().contains(this);
	}

	/**
	 * Tells whether the calling thread holds any lock of a rank.
	 * @param rank the rank
	 * @return whether it does
	 */
	public static boolean isHeld(LockRank rank) {
		return held().stream().anyMatch((lock) -> lock.rank == rank);
	}

	/**
	 * Tells whether the calling thread holds any lock.
	 * @return whether it does
	 */
	public static boolean isAnyHeld() {
		return !held().isEmpty();
	}

	/** Runs what plays another process, which holds nothing, in a thread of this one. */
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
