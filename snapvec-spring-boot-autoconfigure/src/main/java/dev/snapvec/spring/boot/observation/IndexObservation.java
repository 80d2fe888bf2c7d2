package dev.snapvec.spring.boot.observation;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.snapvec.SearchInterceptor;
import dev.snapvec.store.Snapshot;

/**
 * Observes operations on an index.
 * <p>
 * Internal: not for applications.
 */
public interface IndexObservation {

	/** Observes nothing. */
	IndexObservation NONE = new IndexObservation() {

		@Override
		public @Nullable SearchInterceptor search(String index) {
			return null;
		}

		@Override
		public Snapshot snapshot(String index, Supplier<Snapshot> save) {
			return save.get();
		}

	};

	/**
	 * Returns an interceptor that observes the searches of an index, or null for none.
	 */
	@Nullable SearchInterceptor search(String index);

	/** Runs and observes a save of an index. */
	Snapshot snapshot(String index, Supplier<Snapshot> save);

}
