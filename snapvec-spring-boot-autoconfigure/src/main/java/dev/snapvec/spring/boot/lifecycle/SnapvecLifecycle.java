package dev.snapvec.spring.boot.lifecycle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

import dev.snapvec.spring.boot.index.Attempt;
import dev.snapvec.spring.boot.index.ManagedIndexes;
import dev.snapvec.spring.boot.index.Notices;
import dev.snapvec.spring.boot.index.PersistentIndex;
import dev.snapvec.spring.boot.index.StoredIndex;
import dev.snapvec.spring.boot.population.Population;
import dev.snapvec.spring.boot.population.PopulationException;
import dev.snapvec.spring.boot.tenant.TenantIndexes;

/**
 * Starts the indexes before anything can search them, and saves them when nothing can
 * change them any more.
 * <p>
 * The phase is below that of executors and schedulers, {@code Integer.MAX_VALUE / 2},
 * which is below that of web servers. Stopping runs in reverse: requests drain, then
 * tasks end, then the last snapshot is written. The application waits for it no longer
 * than the timeout of a phase; after that, writing continues as long as the process
 * lives.
 * <p>
 * Internal: not for applications.
 */
public class SnapvecLifecycle implements SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(SnapvecLifecycle.class);

	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final ManagedIndexes indexes;

	private final Collection<TenantIndexes> tenants;

	private final Population population;

	private final SnapshotSchedule schedule;

	private final StartupOutcome outcome;

	/** Held while the application starts or stops; acquired before all other locks. */
	private final ReentrantLock lock = new ReentrantLock();

	/** To be populated before the application is ready. Guarded by the lock. */
	private final List<PersistentIndex> waiting = new ArrayList<>();

	/** Whether those were populated, which happens once. Guarded by the lock. */
	private boolean waited;

	/** Being started while the application runs, and not yet visible to others. */
	private final Set<StoredIndex> adding = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	private volatile @Nullable Thread stopping;

	public SnapvecLifecycle(ManagedIndexes indexes, Collection<TenantIndexes> tenants, Population population,
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
		Attempt.orUndo(() -> {
			this.waiting.clear();
			this.population.requireChoices();
			Set<StoredIndex> fresh = open();
			this.indexes.written().forEach((index) -> start(index, fresh.contains(index)));
			this.tenants.forEach(TenantIndexes::start);
			this.indexes.all().forEach(this::addToSchedule);
			this.tenants.forEach((tenants) -> this.schedule.add(tenants.trigger(), tenants::update));
			this.running = true;
		}, () -> this.indexes.all().forEach((index) -> close(index, false)));
	}

	private void addToSchedule(StoredIndex index) {
		index.schedule(this.schedule.add(index.trigger(), index::update));
	}

	/**
	 * Starts an index while the application runs. No lock is held meanwhile, so that a
	 * populator may add further indexes; if the application stops before the index is
	 * complete, it is closed too.
	 * @param index the index
	 * @param show makes it visible to others, once it is complete
	 */
	public void add(StoredIndex index, Runnable show) {
		begin(index);
		Attempt.orUndo(() -> {
			try {
				this.population.requireChoices(index.definition());
				boolean fresh = open(index);
				if (index instanceof PersistentIndex written) {
					populateOrRecord(written, fresh);
				}
				schedule(index);
				show.run();
			}
			finally {
				this.adding.remove(index);
			}
		}, () -> close(index, false));
	}

	private void begin(StoredIndex index) {
		requireRunning(index); // also while it starts or stops, which need not be waited
								// for
		this.lock.lock();
		try {
			requireRunning(index);
			this.adding.add(index);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void schedule(StoredIndex index) {
		this.lock.lock();
		try {
			requireRunning(index);
			addToSchedule(index);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void requireRunning(StoredIndex index) {
		if (!this.running) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' cannot be added: the application is not running;"
							+ " add it in a bean of type SnapvecIndexRegistrar", index.definition().name()));
		}
	}

	/**
	 * Opens all before the first is populated, which may take long or search another one.
	 */
	private Set<StoredIndex> open() {
		Set<StoredIndex> fresh = new HashSet<>();
		for (StoredIndex index : this.indexes.all()) {
			if (open(index)) {
				fresh.add(index);
			}
		}
		return fresh;
	}

	private boolean open(StoredIndex index) {
		if (index.definition().follows()) {
			this.population.skip(index.definition());
		}
		Notices notices = new Notices();
		try {
			return index.open(notices);
		}
		finally {
			notices.deliver();
		}
	}

	private static void record(PersistentIndex index) {
		Notices notices = new Notices();
		try {
			index.record(notices);
		}
		finally {
			notices.deliver();
		}
	}

	private void start(PersistentIndex index, boolean fresh) {
		if (fresh && index.definition().populatesBeforeReady() && !this.waited) {
			this.waiting.add(index);
		}
		else {
			populateOrRecord(index, fresh);
		}
	}

	private void populateOrRecord(PersistentIndex index, boolean fresh) {
		if (fresh) {
			populate(index);
		}
		else {
			record(index);
		}
	}

	/**
	 * Populates the indexes that waited for the web server. The application can be
	 * stopped meanwhile.
	 */
	void populateWaiting() {
		List<PersistentIndex> indexes;
		this.lock.lock();
		try {
			this.waited = true;
			indexes = List.copyOf(this.waiting);
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		indexes.forEach(this::populateUnlessClosing);
	}

	/**
	 * A failure because the application is being closed is not a failure of the start.
	 */
	private void populateUnlessClosing(PersistentIndex index) {
		try {
			if (!this.outcome.isClosing()) {
				populate(index);
				return;
			}
		}
		catch (PopulationException ex) {
			if (!this.outcome.isClosing()) {
				throw ex;
			}
		}
		logger.info(String.format(Locale.ROOT,
				"Index '%s' is not filled, because the application is being closed; the next start fills it from the beginning",
				index.definition().name()));
	}

	private void populate(PersistentIndex index) {
		boolean filled = this.population.populate(index.index());
		index.populated();
		if (filled) {
			index.update();
		}
		else {
			logger.info(String.format(Locale.ROOT, "Index '%s' starts empty: %s, and no populator fills it",
					index.definition().name(),
					index.definition().hasDirectory()
							? "there is no snapshot of it in " + index.definition().directory()
							: "it is in memory only"));
		}
		record(index);
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

	/** On a separate thread, so that the phase can end while saving continues. */
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

	/** Called after the phase has ended. */
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
						+ " %s; older snapshots are unaffected",
				index.definition().name(), index.definition().logs() ? "the next start replays its write-ahead log"
						: "changes since its last snapshot are lost"));
	}

	private void stopAll() {
		this.running = false;
		this.schedule.cancel();
		this.tenants.forEach((tenants) -> tenants.stop(this.outcome.isSuccess()));
		for (StoredIndex index : this.indexes.all()) {
			close(index, this.outcome.isSuccess());
		}
		this.adding.forEach((index) -> close(index, false));
		this.schedule.end();
	}

	/** The failure of one index must not prevent another from being saved. */
	private static void close(StoredIndex index, boolean save) {
		Notices notices = new Notices();
		try {
			try {
				index.end(save, notices);
			}
			finally {
				notices.deliver();
				index.release();
			}
		}
		// Whatever it is, the next index must be saved all the same.
		catch (RuntimeException | Error ex) {
			logger.error(String.format(Locale.ROOT, "Index '%s' could not be closed", index.definition().name()), ex);
		}
	}

}
