package dev.snapvec.spring.boot.tenant;

import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.index.Attempt;
import dev.snapvec.spring.boot.index.Notices;
import dev.snapvec.spring.boot.index.PersistentIndex;

/**
 * A tenant, whose index is opened once and closed once. Thread-safe.
 * <p>
 * The index is closed only while it is not in use, and no use can begin while it is being
 * closed: both need the lock. A caller that arrives then waits, finds this tenant gone,
 * and opens another one, which restores what this one saved. See
 * docs/adr/0008-tenants.md.
 */
final class Tenant {

	private final String name;

	private final IndexDefinition definition;

	/** Acquired before the locks of the index; listeners are called after its release. */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable PersistentIndex index;

	private boolean opening;

	private int users;

	/** Whether it is to be closed once it is not in use. */
	private boolean evicted;

	private boolean gone;

	Tenant(String name, IndexDefinition definition) {
		this.name = name;
		this.definition = definition;
	}

	String name() {
		return this.name;
	}

	IndexDefinition definition() {
		return this.definition;
	}

	/** The index if it is open. */
	@Nullable PersistentIndex index() {
		return this.index;
	}

	/**
	 * Begins to use it.
	 * @param opener opens the index, if it is not open
	 * @param abandon runs if that fails, and makes room for another attempt
	 * @return the index, or null if it was closed for good
	 */
	@Nullable PersistentIndex enter(Function<Notices, PersistentIndex> opener, Runnable abandon) {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			if (this.gone) {
				return null;
			}
			PersistentIndex index = this.index;
			if (index == null) {
				index = open(opener, abandon, notices);
				this.index = index;
			}
			this.users++;
			this.evicted = false;
			return index;
		}
		finally {
			unlock(notices);
		}
	}

	private void unlock(Notices notices) {
		this.lock.unlock();
		if (!this.lock.isHeldByCurrentThread()) {
			notices.deliver();
		}
	}

	private PersistentIndex open(Function<Notices, PersistentIndex> opener, Runnable abandon, Notices notices) {
		if (this.opening) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"the index of tenant '%s' is used by its own populator or open handler; use the index that it receives",
					this.name));
		}
		this.opening = true;
		try {
			return Attempt.orUndo(() -> opener.apply(notices), () -> {
				this.gone = true;
				abandon.run();
			});
		}
		finally {
			this.opening = false;
		}
	}

	/**
	 * Ends using it.
	 * @param closed runs if it was to be closed, and was
	 */
	void leave(Runnable closed) {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			this.users--;
			closeIfUnused(closed, notices);
		}
		finally {
			unlock(notices);
		}
	}

	/**
	 * Closes it, now or when it is not in use any more. If it cannot be saved, it stays
	 * open.
	 * @param closed runs when it was closed
	 */
	void evict(Runnable closed) {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			this.evicted = true;
			closeIfUnused(closed, notices);
		}
		finally {
			unlock(notices);
		}
	}

	/** Saves it if it changed, and closes it if that failed before. */
	void update(Runnable closed) {
		PersistentIndex index;
		this.lock.lock();
		try {
			index = this.index;
			if (index == null || this.gone) {
				return;
			}
			this.users++;
		}
		finally {
			this.lock.unlock();
		}
		try {
			// without the lock, so that others can use it meanwhile
			index.update();
		}
		finally {
			leave(closed);
		}
	}

	/** An index in memory would be lost, so it stays open. */
	private void closeIfUnused(Runnable closed, Notices notices) {
		PersistentIndex index = this.index;
		if (this.evicted && this.users == 0 && !this.gone && index != null && !this.definition.isInMemory()
				&& index.retire(notices)) {
			gone(closed);
		}
	}

	/**
	 * Closes it even if it is in use. An index in memory rejects changes until it is
	 * {@linkplain #resume resumed}.
	 * @param save whether to save what changed, if that is configured
	 * @param closed runs when it was closed for good
	 */
	void stop(boolean save, Runnable closed) {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			PersistentIndex index = this.index;
			if (!this.gone && index != null) {
				index.end(save, notices);
				index.release();
				if (!this.definition.isInMemory()) {
					gone(closed);
				}
			}
		}
		finally {
			unlock(notices);
		}
	}

	/** Lets an index in memory accept changes again. */
	void resume() {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			PersistentIndex index = this.index;
			if (!this.gone && index != null) {
				index.open(notices);
			}
		}
		finally {
			unlock(notices);
		}
	}

	/**
	 * Closes it for good, without saving it, and runs an action before another one can be
	 * opened in its place.
	 * @param action the action
	 * @param closed runs at the end, if it was open
	 * @param abandon runs at the end, if it was not
	 * @return whether the action was run: false if the tenant was gone already
	 * @throws IllegalStateException if it is in use
	 */
	boolean end(Runnable action, Runnable closed, Runnable abandon) {
		Notices notices = new Notices();
		this.lock.lock();
		try {
			if (this.gone) {
				return false;
			}
			if (this.users > 0 || this.opening) {
				throw new IllegalStateException(
						String.format(Locale.ROOT, "the index of tenant '%s' is in use", this.name));
			}
			PersistentIndex index = this.index;
			if (index != null) {
				index.end(false, notices);
				index.release();
			}
			this.gone = true;
			try {
				action.run();
			}
			finally {
				((index != null) ? closed : abandon).run();
			}
			return true;
		}
		finally {
			unlock(notices);
		}
	}

	private void gone(Runnable closed) {
		this.gone = true;
		closed.run();
	}

}
