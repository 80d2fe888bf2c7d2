package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;

/**
 * The durations that a property takes. All can be counted in nanoseconds, and what is
 * done again and again rests for a millisecond at least.
 *
 * @param least the shortest
 * @param text how the shortest is written
 */
record DurationRange(Duration least, String text) {

	/** How long to wait at most, or not at all. */
	static final DurationRange WAIT = new DurationRange(Duration.ZERO, "0s");

	/** How long to rest before the next time. */
	static final DurationRange PAUSE = new DurationRange(Duration.ofMillis(1), "1ms");

	/** A hundred years: a third of what nanoseconds can count. */
	private static final Duration MOST = Duration.ofDays(36_500);

	/** Refuses a duration out of the range, with the key that set it. */
	void require(Setting<Duration> setting) {
		Duration value = setting.value();
		if (value != null) {
			setting.require(value.compareTo(this.least) >= 0 && value.compareTo(MOST) <= 0,
					String.format(Locale.ROOT, "it must be from %s to %dd", this.text, MOST.toDays()));
		}
	}

}
