package dev.snapvec.sample;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.snapvec.IndexStats;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.event.IndexPopulated;
import dev.snapvec.spring.boot.event.IndexPopulating;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns the state of the indexes, which the page polls.
 */
@RestController
class IndexController {

	private final SnapvecIndexes indexes;

	private final MeterRegistry meters;

	private final ApplicationAvailability availability;

	private final Map<String, IndexFigures.Filling> fillings = new ConcurrentHashMap<>();

	IndexController(SnapvecIndexes indexes, MeterRegistry meters, ApplicationAvailability availability) {
		this.indexes = indexes;
		this.meters = meters;
		this.availability = availability;
	}

	@EventListener
	void on(IndexPopulating event) {
		this.fillings.put(event.index().name(), IndexFigures.Filling.of(event));
	}

	@EventListener
	void on(IndexPopulated event) {
		this.fillings.remove(event.index().name());
	}

	@GetMapping("/indexes")
	State indexes() {
		return new State(this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC,
				this.indexes.names().stream().map(this.indexes::get).map(this::figures).toList());
	}

	private IndexFigures figures(SafeIndex index) {
		String name = index.name();
		IndexStats stats = index.stats();
		Timer searches = this.meters.get("snapvec.search").tag("index", name).timer();
		Map<Double, Double> percentiles = new ConcurrentHashMap<>();
		for (ValueAtPercentile value : searches.takeSnapshot().percentileValues()) {
			percentiles.put(value.percentile(), value.value(TimeUnit.MICROSECONDS));
		}
		return new IndexFigures(name, stats.type(), stats.frozen(), this.fillings.get(name), (long) gauge("size", name),
				(long) gauge("heap", name), (long) gauge("generation", name), searches.count(),
				known(percentiles.get(0.5)), known(percentiles.get(0.99)), cacheHits(name),
				known(gauge("snapshot.age", name)));
	}

	private double gauge(String meter, String index) {
		Gauge gauge = this.meters.find("snapvec." + meter).tag("index", index).gauge();
		return (gauge != null) ? gauge.value() : Double.NaN;
	}

	private long cacheHits(String index) {
		FunctionCounter hits = this.meters.find("cache.gets").tags("cache", index, "result", "hit").functionCounter();
		return (hits != null) ? (long) hits.count() : 0;
	}

	/** Percentiles are 0 before the first search. */
	private static @Nullable Double known(@Nullable Double value) {
		return (value == null || value.isNaN() || value == 0) ? null : value;
	}

	/**
	 * State of the application.
	 *
	 * @param ready whether all indexes are filled
	 * @param indexes figures of each index
	 */
	record State(boolean ready, List<IndexFigures> indexes) {
	}

}
