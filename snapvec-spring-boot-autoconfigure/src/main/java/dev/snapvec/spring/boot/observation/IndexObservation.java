package dev.snapvec.spring.boot.observation;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.snapvec.SearchCache;
import dev.snapvec.store.Snapshot;

/**
 * Surrounds what is done with an index.
 * <p>
 * Internal: not for applications.
 */
public interface IndexObservation {

	/** Observes nothing. */
	IndexObservation NONE = new IndexObservation() {

		@Override
		public @Nullable SearchCache search(String index, @Nullable SearchCache cache) {
			return cache;
		}

		@Override
		public Snapshot snapshot(String index, Supplier<Snapshot> save) {
			return save.get();
		}

	};

	/** What surrounds searches, and asks the cache if there is one. */
	@Nullable SearchCache search(String index, @Nullable SearchCache cache);

	/** Saves an index. */
	Snapshot snapshot(String index, Supplier<Snapshot> save);

}
