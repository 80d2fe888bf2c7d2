package dev.snapvec;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.OrderedLock;

/**
 * The ids of the mutations in progress. Mutations of the same id run one after the other,
 * from validation to publication; mutations of different ids are recorded and applied in
 * any order, because the outcome is the same.
 */
final class BusyIds {

	private final OrderedLock lock = new OrderedLock(LockRank.IDS, "the ids of the mutations in progress");

	private final Condition left = this.lock.newCondition();

	private final Set<String> ids = new HashSet<>();

	/**
	 * Waits until no mutation in progress has one of the ids.
	 * @return the ids to pass to {@link #leave}
	 */
	Set<String> enter(Collection<String> ids) {
		// not an immutable set of the JDK, which takes quadratic time for ids of equal
		// hash codes
		Set<String> entering = new HashSet<>(ids);
		this.lock.lock();
		try {
			while (entering.stream().anyMatch(this.ids::contains)) {
				this.left.awaitUninterruptibly();
			}
			add(entering);
			return entering;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void add(Set<String> entering) {
		try {
			this.ids.addAll(entering);
		}
		catch (RuntimeException | Error ex) {
			// otherwise mutations of the ids added so far would wait forever
			entering.forEach(this.ids::remove);
			throw ex;
		}
	}

	void leave(Set<String> ids) {
		this.lock.lock();
		try {
			ids.forEach(this.ids::remove);
			this.left.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
