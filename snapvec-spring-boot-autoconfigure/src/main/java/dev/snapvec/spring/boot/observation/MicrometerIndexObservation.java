package dev.snapvec.spring.boot.observation;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import dev.snapvec.Hit;
import dev.snapvec.SearchInterceptor;
import dev.snapvec.SearchRequest;
import dev.snapvec.store.Snapshot;

/**
 * Observes searches and snapshots with Micrometer. The names differ from those of the
 * meters, which would otherwise be registered with other tags by handlers that derive
 * meters from observations.
 * <p>
 * Internal: not for applications.
 */
public class MicrometerIndexObservation implements IndexObservation {

	private static final KeyValue UNKNOWN = KeyValue.of("outcome", "unknown");

	private static final KeyValue SUCCESS = KeyValue.of("outcome", "success");

	private static final KeyValue ERROR = KeyValue.of("outcome", "error");

	private final ObservationRegistry registry;

	public MicrometerIndexObservation(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public SearchInterceptor search(String index) {
		return new ObservedSearches(index);
	}

	@Override
	public Snapshot snapshot(String index, Supplier<Snapshot> save) {
		return new Operation("snapshot", index).observe(save);
	}

	/**
	 * One observation per call, for one search as for a batch, whose searches run on
	 * other threads.
	 */
	private final class ObservedSearches implements SearchInterceptor {

		private final Operation one;

		private final Operation many;

		ObservedSearches(String index) {
			this.one = new Operation("search", index);
			this.many = new Operation("search-all", index);
		}

		@Override
		public List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> next) {
			return this.one.observe(next);
		}

		@Override
		public List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
				Function<List<SearchRequest>, List<List<Hit>>> next) {
			return this.many.observe(() -> next.apply(requests));
		}

	}

	/**
	 * An observed operation, whose names are built once rather than for every search.
	 */
	private final class Operation {

		private final String name;

		private final String contextualName;

		private final KeyValue index;

		Operation(String operation, String index) {
			this.name = "snapvec.index." + operation;
			this.contextualName = operation + " " + index;
			this.index = KeyValue.of("index", index);
		}

		<T> T observe(Supplier<T> action) {
			Observation observation = Observation.createNotStarted(this.name, MicrometerIndexObservation.this.registry)
				.contextualName(this.contextualName)
				.lowCardinalityKeyValue(this.index)
				.lowCardinalityKeyValue(UNKNOWN);
			return observation.observe(() -> {
				try {
					T result = action.get();
					observation.lowCardinalityKeyValue(SUCCESS);
					return result;
				}
				catch (RuntimeException | Error ex) {
					observation.lowCardinalityKeyValue(ERROR);
					throw ex;
				}
			});
		}

	}

}
