package dev.snapvec.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Brings the indexes up before anything can ask them, and saves them when nothing can
 * change them any more.
 * <p>
 * The phase is below that of executors and schedulers, {@code Integer.MAX_VALUE / 2},
 * which is below that of web servers. Stopping goes the other way round: requests drain,
 * then tasks end, then comes the last snapshot. It takes no longer than a phase may take;
 * what is not on disk by then is written on as long as the process lives.
 */
class SnapvecLifecycle implements SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(SnapvecLifecycle.class);

	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final PersistentIndexes indexes;

	private final Collection<TenantIndexes> tenants;

	private final Population population;

	private final SnapshotSchedule schedule;

	private final StartupOutcome outcome;

	private final ReentrantLock lock = new ReentrantLock();

	/** Populated before the application is ready. Guarded by the lock. */
	private final List<StoredIndex> waiting = new ArrayList<>();

	private volatile boolean running;

	private volatile @Nullable Thread stopping;

	SnapvecLifecycle(PersistentIndexes indexes, Collection<TenantIndexes> tenants, Population population,
			SnapshotSchedule schedule, StartupOutcome outcome) {
		this.indexes = indexes;
		this.tenants = tenants;
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
			this.indexes.all().forEach(this::requireConsistent);
			Set<StoredIndex> fresh = open();
			this.indexes.all().forEach((index) -> start(index, fresh.contains(index)));
			this.tenants.forEach(TenantIndexes::start);
			this.schedule.start(this.indexes.all());
			this.schedule.start(this.tenants);
			started = true;
		}
		finally {
			this.running = started;
			if (!started) {
				this.indexes.all().forEach((index) -> index.close(false));
			}
		}
	}

	/**
	 * Starts one more.
	 * @param index the index
	 * @param show shows it to others, once it is complete
	 */
	void add(StoredIndex index, Runnable show) {
		this.lock.lock();
		try {
			if (!this.running) {
				throw new IllegalStateException(
						String.format(Locale.ROOT,
								"index '%s' cannot be added, the application does not run;"
										+ " add it in a bean of type SnapvecIndexRegistrar",
								index.definition().name()));
			}
			boolean started = false;
			try {
				requireConsistent(index);
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
					index.close(false);
				}
			}
			this.schedule.add(index);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void requireConsistent(StoredIndex index) {
		if (index.definition().follows()) {
			this.population.requireNone(index.definition());
		}
	}

	/** All before the first is populated, which may take long or search another one. */
	private Set<StoredIndex> open() {
		Set<StoredIndex> fresh = new HashSet<>();
		for (StoredIndex index : this.indexes.all()) {
			if (index.open()) {
				fresh.add(index);
			}
		}
		return fresh;
	}

	private void start(StoredIndex index, boolean fresh) {
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
		List<StoredIndex> indexes;
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

	private void populate(StoredIndex index) {
		index.populated(false);
		boolean filled = this.population.populate(index.index());
		index.populated(true);
		if (filled && index.definition().writesSnapshots()) {
			index.update();
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

	/** On a thread of its own, so that the phase can end while it goes on. */
	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "snapvec-stop");
		thread.setDaemon(true);
		this.stopping = thread;
		thread.start();
	}

	/** Comes after the phase has ended. */
	@Override
	public void destroy() {
		Thread stopping = this.stopping;
		if (stopping != null && stopping.isAlive()) {
			this.indexes.all().stream().filter(StoredIndex::isUnsaved).forEach(SnapvecLifecycle::warn);
			this.tenants.forEach((tenants) -> tenants.unsaved().forEach(SnapvecLifecycle::warn));
		}
	}

	private static void warn(StoredIndex index) {
		logger.warn(String.format(Locale.ROOT,
				"Index '%s' was not saved within spring.lifecycle.timeout-per-shutdown-phase; if the process ends now,"
						+ " %s, and its older snapshots are all still there",
				index.definition().name(), index.definition().logs() ? "the next start applies its log instead"
						: "what changed since its last snapshot is lost"));
	}

	private void stopAll() {
		this.running = false;
		this.schedule.cancel();
		this.tenants.forEach((tenants) -> tenants.stop(this.outcome.isSuccess()));
		for (StoredIndex index : this.indexes.all()) {
			index.close(this.outcome.isSuccess());
		}
		this.schedule.end();
	}

}
