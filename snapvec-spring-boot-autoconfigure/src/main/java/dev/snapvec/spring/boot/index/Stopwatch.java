package dev.snapvec.spring.boot.index;

import java.time.Duration;

/**
 * Measures how long an operation takes.
 * <p>
 * Internal: not for applications.
 */
public final class Stopwatch {

	private final long start = System.nanoTime();

	public Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	public long millis() {
		return elapsed().toMillis();
	}

}
