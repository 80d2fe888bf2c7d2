package dev.snapvec.internal.scan;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Pool of the idle searchers of one index, at most two per processor. Unlike a
 * thread-local, it retains none for idle or virtual threads. What it retains is small,
 * references no rows, and is softly reachable. Thread-safe and lock-free.
 */
public final class SearcherPool {

	private final AtomicReferenceArray<@Nullable SoftReference<Searcher>> idle = new AtomicReferenceArray<>(
			Runtime.getRuntime().availableProcessors() * 2);

	/**
	 * @return a searcher that no other thread uses, to be returned to the pool
	 */
	public Searcher take() {
		for (int i = 0; i < this.idle.length(); i++) {
			SoftReference<Searcher> reference = (this.idle.get(i) != null) ? this.idle.getAndSet(i, null) : null;
			Searcher searcher = (reference != null) ? reference.get() : null;
			if (searcher != null) {
				return searcher;
			}
		}
		return new Searcher();
	}

	/**
	 * @param searcher a searcher that was taken, and whose results have been read
	 */
	public void giveBack(Searcher searcher) {
		searcher.trim();
		SoftReference<Searcher> reference = searcher.reference();
		for (int i = 0; i < this.idle.length(); i++) {
			if (this.idle.get(i) == null && this.idle.compareAndSet(i, null, reference)) {
				return;
			}
		}
	}

}
