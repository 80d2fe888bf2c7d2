package dev.snapvec.bench;

/**
 * Tells how long something took.
 */
final class Clock {

	private static final double NANOS_A_SECOND = 1e9;

	private Clock() {
	}

	static double secondsSince(long startNanos) {
		return (System.nanoTime() - startNanos) / NANOS_A_SECOND;
	}

}
