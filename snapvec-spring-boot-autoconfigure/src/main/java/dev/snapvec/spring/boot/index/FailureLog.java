package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;

/**
 * Logs failures that repeat: the first with its stack trace, then every tenth or one per
 * hour, and the first success after them.
 */
final class FailureLog {

	private static final int OFTEN = 10;

	private static final long LONG = Duration.ofHours(1).toNanos();

	private final Log logger;

	private final LongSupplier nanoTime;

	private int failures;

	private long logged;

	FailureLog(Log logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
	}

	/**
	 * @param what what failed, as the beginning of a sentence
	 * @param failure the cause
	 */
	synchronized void failed(String what, Exception failure) {
		this.failures++;
		long now = this.nanoTime.getAsLong();
		if (this.failures == 1) {
			this.logger.error(what, failure);
		}
		else if (this.failures % OFTEN == 0 || now - this.logged >= LONG) {
			this.logger.error(String.format(Locale.ROOT, "%s (%d times in a row): %s", what, this.failures, failure));
		}
		else {
			return;
		}
		this.logged = now;
	}

	/**
	 * @param what what succeeded, as the beginning of a sentence
	 */
	synchronized void succeeded(String what) {
		if (this.failures > 0) {
			this.logger.info(String.format(Locale.ROOT, "%s again, after %s", what,
					(this.failures == 1) ? "a failure" : this.failures + " failures"));
			this.failures = 0;
		}
	}

}
