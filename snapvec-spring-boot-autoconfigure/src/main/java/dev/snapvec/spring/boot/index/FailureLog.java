package dev.snapvec.spring.boot.index;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;

/**
 * Says in the log that something fails again and again: the first time with the stack
 * trace, then with every tenth failure or once an hour, and once when it succeeds again.
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
	 * @param what what failed, as a sentence begins
	 * @param failure why
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
	 * @param what what succeeds again, as a sentence begins
	 */
	synchronized void succeeded(String what) {
		if (this.failures > 0) {
			this.logger.info(String.format(Locale.ROOT, "%s again, after %s", what,
					(this.failures == 1) ? "a failure" : this.failures + " failures"));
			this.failures = 0;
		}
	}

}
