package dev.snapvec.spring.boot.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.snapvec.IndexListener;
import dev.snapvec.SafeIndex;

/**
 * The meters of one index, looked up once, so that a search looks nothing up.
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
		this.searches = Timer.builder("snapvec.search")
			.description("Searches of the index")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.added = Counter.builder("snapvec.rows.added")
			.description("Rows added to the index or replaced")
			.baseUnit("rows")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.deleted = Counter.builder("snapvec.rows.deleted")
			.description("Rows deleted from the index")
			.baseUnit("rows")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.snapshots = Timer.builder("snapvec.snapshot")
			.description("Snapshots written of the index")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.snapshotFailures = Counter.builder("snapvec.snapshot.failures")
			.description("Snapshots of the index that could not be written")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.reloads = Timer.builder("snapvec.reload")
			.description("Newer snapshots of another process put in place of the index")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
		this.reloadFailures = Counter.builder("snapvec.reload.failures")
			.description("Newer snapshots of another process that could not be loaded")
			.tag(SnapvecMetrics.INDEX, index)
			.register(registry);
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
