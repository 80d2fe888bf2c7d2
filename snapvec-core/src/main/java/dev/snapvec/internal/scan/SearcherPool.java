package dev.snapvec.internal.scan;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Searchers between searches, a few for each processor. Unlike a thread-local, it keeps
 * none for idle or virtual threads. Thread-safe, without locks.
 */
public final class SearcherPool {

	private final AtomicReferenceArray<@Nullable Searcher> idle = new AtomicReferenceArray<>(
			Runtime.getRuntime().availableProcessors() * 2);

	/**
	 * @return a searcher that no other thread uses, to be given back
	 */
	public Searcher take() {
		for (int i = 0; i < this.idle.length(); i++) {
			Searcher searcher = (this.idle.get(i) != null) ? this.idle.getAndSet(i, null) : null;
			if (searcher != null) {
				return searcher;
			}
		}
		return new Searcher();
	}

	public void giveBack(Searcher searcher) {
		for (int i = 0; i < this.idle.length(); i++) {
			if (this.idle.get(i) == null && this.idle.compareAndSet(i, null, searcher)) {
				return;
			}
		}
	}

}
