package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import org.springframework.util.StringUtils;

/**
 * The durations that a property takes. All can be counted in nanoseconds, and what is
 * done again and again rests for a millisecond at least.
 *
 * @param least the shortest
 * @param text how the shortest is written
 * @param sign why zero or less is none of them
 */
record DurationRange(Duration least, String text, String sign) {

	/** How long to wait at most, or not at all. */
	static final DurationRange WAIT = new DurationRange(Duration.ZERO, "0s", "it must not be negative");

	/** How long to rest before the next time. */
	static final DurationRange PAUSE = new DurationRange(Duration.ofMillis(1), "1ms", "it must be longer than zero");

	/** A hundred years: a third of what nanoseconds can count. */
	private static final Duration MOST = Duration.ofDays(36_500);

	/** Refuses a duration out of the range, with the key that set it. */
	void require(Setting<Duration> setting) {
		Duration value = setting.value();
		if (value != null && (value.compareTo(this.least) < 0 || value.compareTo(MOST) > 0)) {
			String range = String.format(Locale.ROOT, "possible are %s to %dd", this.text, MOST.toDays());
			setting.require(value.compareTo(Duration.ZERO) > 0, this.sign + ". " + StringUtils.capitalize(range));
			setting.require(false, range);
		}
	}

}
