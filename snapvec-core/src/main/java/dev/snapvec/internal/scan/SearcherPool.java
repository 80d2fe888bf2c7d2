package dev.snapvec.internal.scan;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The searchers of one index between its searches, at most two for each processor. Unlike
 * a thread-local, it keeps none for idle or virtual threads. What it keeps is small and
 * knows no rows, and goes when the heap is short. Thread-safe, without locks.
 */
public final class SearcherPool {

	private final AtomicReferenceArray<@Nullable SoftReference<Searcher>> idle = new AtomicReferenceArray<>(
			Runtime.getRuntime().availableProcessors() * 2);

	/**
	 * @return a searcher that no other thread uses, to be given back
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
	 * @param searcher a searcher that was taken, and whose results are read
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
