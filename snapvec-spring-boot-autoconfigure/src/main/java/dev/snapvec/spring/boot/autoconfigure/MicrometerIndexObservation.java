package dev.snapvec.spring.boot.autoconfigure;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.snapvec.SearchCache;
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
		return (request, generation, search) -> observe("search", index,
				(cache != null) ? () -> cache.get(request, generation, search) : search);
	}

	@Override
	public Snapshot snapshot(String index, Supplier<Snapshot> save) {
		return observe("snapshot", index, save);
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
