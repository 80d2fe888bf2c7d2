package dev.snapvec.spring.boot.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.store.Snapshot;

/**
 * The meters of all indexes, each with the tag {@value #INDEX}, the name of the index.
 */
public class SnapvecMetrics implements MeterBinder {

	static final String INDEX = "index";

	private final SnapvecIndexes indexes;

	private final IndexSnapshots snapshots;

	/**
	 * Measures indexes.
	 * @param indexes the indexes
	 * @param snapshots what is saved of them
	 */
	public SnapvecMetrics(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		this.indexes = indexes;
		this.snapshots = snapshots;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Map<String, IndexMeters> meters = new HashMap<>();
		for (String name : this.indexes.names()) {
			SafeIndex index = this.indexes.get(name);
			Gauge.builder("snapvec.size", index, SafeIndex::size)
				.description("Rows in the index")
				.baseUnit("rows")
				.tag(INDEX, name)
				.register(registry);
			TimeGauge
				.builder("snapvec.snapshot.age", this.snapshots, TimeUnit.SECONDS, (snapshots) -> age(snapshots, name))
				.description("Time since the index was last saved")
				.tag(INDEX, name)
				.register(registry);
			meters.put(name, new IndexMeters(registry, name));
			index.addListener(meters.get(name));
		}
		this.snapshots.addListener(new SnapshotMeters(meters));
	}

	private static double age(IndexSnapshots snapshots, String name) {
		return snapshots.latest(name)
			.map((snapshot) -> Duration.between(snapshot.written(), Instant.now()).toMillis() / 1000.0)
			.orElse(Double.NaN);
	}

	/**
	 * Hands what happens to a snapshot to the meters of its index.
	 */
	private record SnapshotMeters(Map<String, IndexMeters> meters) implements SnapshotListener {

		@Override
		public void written(String index, Snapshot snapshot, Duration duration) {
			IndexMeters meters = this.meters.get(index);
			if (meters != null) {
				meters.saved(duration);
			}
		}

		@Override
		public void failed(String index, Exception failure) {
			IndexMeters meters = this.meters.get(index);
			if (meters != null) {
				meters.notSaved();
			}
		}

	}

}
