package dev.snapvec.spring.boot.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.store.Snapshot;

/**
 * Meters of all indexes, each with the tag {@value #INDEX}, the name of the index.
 *
 * @since 0.1.0
 */
public class SnapvecMetrics implements MeterBinder {

	static final String INDEX = "index";

	private final SnapvecIndexes indexes;

	private final IndexSnapshots snapshots;

	/**
	 * Creates a binder of the meters.
	 * @param indexes the indexes
	 * @param snapshots their snapshots
	 */
	public SnapvecMetrics(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		this.indexes = indexes;
		this.snapshots = snapshots;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Map<String, IndexMeters> meters = new ConcurrentHashMap<>();
		for (String name : this.indexes.names()) {
			meters.put(name, bind(registry, this.indexes.get(name)));
		}
		this.indexes.addRegisterHandler((index) -> meters.put(index.name(), bind(registry, index)));
		this.snapshots.addListener(new SnapshotMeters(meters));
	}

	private IndexMeters bind(MeterRegistry registry, SafeIndex index) {
		String name = index.name();
		gauge(registry, index, "snapvec.size", "Rows in the index", "rows", SafeIndex::size);
		gauge(registry, index, "snapvec.rows.dead", "Deleted rows whose memory is not yet freed", null,
				(measured) -> measured.stats().deadRows());
		gauge(registry, index, "snapvec.rows.tail", "Rows that are not yet sorted into inverted lists", null,
				(measured) -> measured.stats().tailRows());
		gauge(registry, index, "snapvec.heap", "Heap memory used by codes, ids and tables", "bytes",
				(measured) -> measured.stats().heapBytes());
		gauge(registry, index, "snapvec.generation", "Number of changes of the index since the start", "changes",
				SafeIndex::generation);
		TimeGauge.builder("snapvec.snapshot.age", this.snapshots, TimeUnit.SECONDS, (snapshots) -> age(snapshots, name))
			.description("Time since the index was last saved")
			.tag(INDEX, name)
			.register(registry);
		TimeGauge.builder("snapvec.load", this.snapshots, TimeUnit.SECONDS, (snapshots) -> loadTime(snapshots, name))
			.description("Time it took to restore the index")
			.tag(INDEX, name)
			.register(registry);
		gauge(registry, index, "snapvec.log.size", "Write-ahead log that a restart would replay on the newest snapshot",
				"bytes", (measured) -> this.snapshots.log(name).map((log) -> (double) log.bytes()).orElse(Double.NaN));
		FunctionCounter
			.builder("snapvec.log.failures", this.snapshots,
					(snapshots) -> snapshots.log(name).map((log) -> (double) log.failures()).orElse(0.0))
			.description("Failed attempts to record changes of the index or to force them to disk")
			.tag(INDEX, name)
			.register(registry);
		IndexMeters meters = new IndexMeters(registry, name);
		index.addListener(meters);
		return meters;
	}

	/** Without a unit if the name ends with it or implies it. */
	private static void gauge(MeterRegistry registry, SafeIndex index, String name, String description,
			@Nullable String unit, ToDoubleFunction<SafeIndex> value) {
		Gauge.builder(name, index, value)
			.description(description)
			.baseUnit(unit)
			.tag(INDEX, index.name())
			.register(registry);
	}

	private static double loadTime(IndexSnapshots snapshots, String name) {
		return snapshots.restoreTime(name).map((duration) -> duration.toMillis() / 1000.0).orElse(Double.NaN);
	}

	private static double age(IndexSnapshots snapshots, String name) {
		return snapshots.latest(name)
			.map(Snapshot::age)
			.map((age) -> age.toSeconds() + age.toMillisPart() / 1000.0)
			.orElse(Double.NaN);
	}

}
