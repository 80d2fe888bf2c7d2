package dev.snapvec.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.context.SmartLifecycle;

/**
 * Brings the indexes up before anything can ask them, and saves them when nothing can
 * change them any more.
 * <p>
 * The phase is below that of executors and schedulers, {@code Integer.MAX_VALUE / 2},
 * which is below that of web servers. Stopping goes the other way round: requests drain,
 * then tasks end, then comes the last snapshot.
 */
class SnapvecLifecycle implements SmartLifecycle {

	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final PersistentIndexes indexes;

	private final Population population;

	private final SnapshotSchedule schedule;

	private final StartupOutcome outcome;

	private final ReentrantLock lock = new ReentrantLock();

	/** Populated before the application is ready. Guarded by the lock. */
	private final List<PersistentIndex> waiting = new ArrayList<>();

	private volatile boolean running;

	SnapvecLifecycle(PersistentIndexes indexes, Population population, SnapshotSchedule schedule,
			StartupOutcome outcome) {
		this.indexes = indexes;
		this.population = population;
		this.schedule = schedule;
		this.outcome = outcome;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void start() {
		this.lock.lock();
		try {
			if (!this.running) {
				startAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startAll() {
		boolean started = false;
		try {
			Set<PersistentIndex> fresh = open();
			this.indexes.all().forEach((index) -> start(index, fresh.contains(index)));
			this.schedule.start(this.indexes.all());
			started = true;
		}
		finally {
			this.running = started;
			if (!started) {
				this.indexes.all().forEach(PersistentIndex::close);
			}
		}
	}

	/**
	 * Starts one more.
	 * @param index the index
	 * @param show shows it to others, once it is complete
	 */
	void add(PersistentIndex index, Runnable show) {
		this.lock.lock();
		try {
			if (!this.running) {
				throw new IllegalStateException(("index '%s' cannot be added, the application does not run;"
						+ " add it in a bean of type SnapvecIndexRegistrar")
					.formatted(index.definition().name()));
			}
			boolean started = false;
			try {
				if (index.open()) {
					populate(index);
				}
				else {
					index.record();
				}
				show.run();
				started = true;
			}
			finally {
				if (!started) {
					index.close();
				}
			}
			this.schedule.add(index);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** All before the first is populated, which may take long or search another one. */
	private Set<PersistentIndex> open() {
		Set<PersistentIndex> fresh = new HashSet<>();
		for (PersistentIndex index : this.indexes.all()) {
			if (index.open()) {
				fresh.add(index);
			}
		}
		return fresh;
	}

	private void start(PersistentIndex index, boolean fresh) {
		if (!fresh) {
			index.record();
		}
		else if (index.definition().populatesBeforeReady()) {
			index.populated(false);
			this.waiting.add(index);
		}
		else {
			populate(index);
		}
	}

	/**
	 * Populates what waited for the web server. The application can be stopped meanwhile.
	 */
	void populateWaiting() {
		List<PersistentIndex> indexes;
		this.lock.lock();
		try {
			indexes = List.copyOf(this.waiting);
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		indexes.forEach(this::populate);
	}

	private void populate(PersistentIndex index) {
		index.populated(false);
		boolean filled = this.population.populate(index.index());
		index.populated(true);
		if (filled && index.definition().writesSnapshots()) {
			index.save();
		}
		index.record();
	}

	@Override
	public void stop() {
		this.lock.lock();
		try {
			if (this.running) {
				stopAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void stopAll() {
		this.running = false;
		this.schedule.cancel();
		for (PersistentIndex index : this.indexes.all()) {
			if (index.definition().writesSnapshotOnShutdown() && this.outcome.isSuccess()) {
				index.save();
			}
			index.close();
		}
		this.schedule.end();
	}

}
