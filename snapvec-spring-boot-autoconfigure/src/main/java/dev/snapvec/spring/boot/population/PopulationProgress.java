package dev.snapvec.spring.boot.population;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.event.IndexPopulating;
import dev.snapvec.spring.boot.index.IndexEvents;

/**
 * Reports the progress of a population at a limited rate: to the logger every few
 * seconds, to listeners of events ten times per second and at the end of a phase.
 */
class PopulationProgress implements ProgressListener {

	private static final Log logger = LogFactory.getLog(PopulationProgress.class);

	private static final long LOG_INTERVAL = Duration.ofSeconds(5).toNanos();

	private static final long EVENT_INTERVAL = Duration.ofMillis(100).toNanos();

	private final SafeIndex index;

	private final IndexEvents events;

	private final LongSupplier nanoTime;

	private final AtomicLong logged;

	private final AtomicLong published;

	PopulationProgress(SafeIndex index, IndexEvents events, LongSupplier nanoTime) {
		this.index = index;
		this.events = events;
		this.nanoTime = nanoTime;
		this.logged = new AtomicLong(nanoTime.getAsLong());
		this.published = new AtomicLong(this.logged.get() - EVENT_INTERVAL);
	}

	/**
	 * Without a lock, so that listeners may wait for other threads; one thread reports.
	 */
	private static boolean isDue(AtomicLong last, long now, long interval) {
		long before = last.get();
		return now - before >= interval && last.compareAndSet(before, now);
	}

	@Override
	public void progress(String phase, long done, long total) {
		long now = this.nanoTime.getAsLong();
		if (isDue(this.published, now, EVENT_INTERVAL) || done == total) {
			this.published.set(now);
			this.events.publish(new IndexPopulating(this.index, phase, done, total));
		}
		if (isDue(this.logged, now, LOG_INTERVAL)) {
			logger.info(String.format(Locale.ROOT, "Populating index '%s': %s %d of %d", this.index.name(), phase, done,
					total));
		}
	}

	@Override
	public void warning(String message) {
		logger.warn(String.format(Locale.ROOT, "Populating index '%s': %s", this.index.name(), message));
	}

}
