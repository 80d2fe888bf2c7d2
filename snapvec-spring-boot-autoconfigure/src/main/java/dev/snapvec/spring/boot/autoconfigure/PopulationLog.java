package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

import dev.snapvec.ProgressListener;

/**
 * Logs how far a population is, but not more often than somebody would look.
 */
class PopulationLog implements ProgressListener {

	private static final Log logger = LogFactory.getLog(PopulationLog.class);

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private final String index;

	private final LongSupplier nanoTime;

	private long logged;

	PopulationLog(String index, LongSupplier nanoTime) {
		this.index = index;
		this.nanoTime = nanoTime;
		this.logged = nanoTime.getAsLong();
	}

	@Override
	public synchronized void progress(String phase, long done, long total) {
		long now = this.nanoTime.getAsLong();
		if (now - this.logged >= INTERVAL) {
			this.logged = now;
			logger.info(LogMessage.format("Populating index '%s': %s %d of %d", this.index, phase, done, total));
		}
	}

	@Override
	public void warning(String message) {
		logger.warn(LogMessage.format("Populating index '%s': %s", this.index, message));
	}

}
