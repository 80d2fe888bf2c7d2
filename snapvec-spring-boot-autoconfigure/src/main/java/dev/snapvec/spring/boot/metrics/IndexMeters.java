package dev.snapvec.spring.boot.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.snapvec.IndexListener;
import dev.snapvec.SafeIndex;

/**
 * Meters of one index, looked up once so that searches need no lookup.
 */
class IndexMeters implements IndexListener {

	private final Timer searches;

	private final Counter added;

	private final Counter deleted;

	private final Timer snapshots;

	private final Counter snapshotFailures;

	private final Timer reloads;

	private final Counter reloadFailures;

	IndexMeters(MeterRegistry registry, String index) {
		this.searches = timer("snapvec.search", "Searches of the index", index).register(registry);
		this.added = counter("snapvec.rows.added", "Rows added to the index or replaced", index).register(registry);
		this.deleted = counter("snapvec.rows.deleted", "Rows deleted from the index", index).register(registry);
		this.snapshots = timer("snapvec.snapshot", "Snapshots of the index that were written", index)
			.register(registry);
		this.snapshotFailures = counter("snapvec.snapshot.failures", "Snapshots of the index that could not be written",
				index)
			.register(registry);
		this.reloads = timer("snapvec.reload", "Newer snapshots of another process that were loaded", index)
			.register(registry);
		this.reloadFailures = counter("snapvec.reload.failures",
				"Newer snapshots of another process that could not be loaded", index)
			.register(registry);
	}

	private static Timer.Builder timer(String name, String description, String index) {
		return Timer.builder(name).description(description).tag(SnapvecMetrics.INDEX, index);
	}

	private static Counter.Builder counter(String name, String description, String index) {
		return Counter.builder(name).description(description).tag(SnapvecMetrics.INDEX, index);
	}

	@Override
	public void searched(SafeIndex index, long nanos, int hits) {
		this.searches.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void added(SafeIndex index, int rows) {
		this.added.increment(rows);
	}

	@Override
	public void deleted(SafeIndex index, int rows) {
		this.deleted.increment(rows);
	}

	void saved(Duration duration) {
		this.snapshots.record(duration);
	}

	void notSaved() {
		this.snapshotFailures.increment();
	}

	void reloaded(Duration duration) {
		this.reloads.record(duration);
	}

	void notReloaded() {
		this.reloadFailures.increment();
	}

}
