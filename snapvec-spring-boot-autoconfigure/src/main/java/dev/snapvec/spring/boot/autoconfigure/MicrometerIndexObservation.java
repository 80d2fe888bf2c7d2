package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.snapvec.Hit;
import dev.snapvec.SearchCache;
import dev.snapvec.SearchRequest;
import dev.snapvec.store.Snapshot;

/**
 * Observes searches and snapshots. The names differ from those of the meters, which would
 * otherwise be registered with other tags by who makes meters of observations.
 */
class MicrometerIndexObservation implements IndexObservation {

	private static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	MicrometerIndexObservation(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public SearchCache search(String index, @Nullable SearchCache cache) {
		return new ObservedSearches(index, cache);
	}

	@Override
	public Snapshot snapshot(String index, Supplier<Snapshot> save) {
		return observe("snapshot", index, save);
	}

	/**
	 * One observation for each call, whether it is for one search or for many, which run
	 * on other threads.
	 */
	private final class ObservedSearches implements SearchCache {

		private final String index;

		private final @Nullable SearchCache cache;

		ObservedSearches(String index, @Nullable SearchCache cache) {
			this.index = index;
			this.cache = cache;
		}

		@Override
		public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
			return observe("search", this.index,
					(this.cache != null) ? () -> this.cache.get(request, generation, search) : search);
		}

		@Override
		public List<List<Hit>> getAll(List<SearchRequest> requests, long generation,
				Function<List<SearchRequest>, List<List<Hit>>> search) {
			return observe("search-all", this.index, () -> (this.cache != null)
					? this.cache.getAll(requests, generation, search) : search.apply(requests));
		}

	}

	private <T> T observe(String operation, String index, Supplier<T> action) {
		Observation observation = Observation.createNotStarted("snapvec.index." + operation, this.registry)
			.contextualName(operation + " " + index)
			.lowCardinalityKeyValue("index", index)
			.lowCardinalityKeyValue(OUTCOME, "unknown");
		return observation.observe(() -> {
			try {
				T result = action.get();
				observation.lowCardinalityKeyValue(OUTCOME, "success");
				return result;
			}
			catch (RuntimeException ex) {
				observation.lowCardinalityKeyValue(OUTCOME, "error");
				throw ex;
			}
		});
	}

}
