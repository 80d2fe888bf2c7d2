package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import org.springframework.util.StringUtils;

/**
 * The valid durations of a property. All can be counted in nanoseconds, and an interval
 * is at least a millisecond.
 *
 * @param least the shortest duration
 * @param text the shortest duration as it is written
 * @param sign the requirement that zero or a negative duration violates
 */
record DurationRange(Duration least, String text, String sign) {

	/** A time to wait, which may be zero. */
	static final DurationRange WAIT = new DurationRange(Duration.ZERO, "0s", "it must not be negative");

	/** An interval, which is longer than zero. */
	static final DurationRange PAUSE = new DurationRange(Duration.ofMillis(1), "1ms", "it must be longer than zero");

	/** A hundred years: a third of what fits into nanoseconds. */
	private static final Duration MOST = Duration.ofDays(36_500);

	/** Rejects a duration out of the range, by the key that sets it. */
	void require(Setting<Duration> setting) {
		Duration value = setting.value();
		if (value != null && (value.compareTo(this.least) < 0 || value.compareTo(MOST) > 0)) {
			String range = String.format(Locale.ROOT, "it must be from %s to %dd", this.text, MOST.toDays());
			setting.require(value.compareTo(Duration.ZERO) > 0, this.sign + ". " + StringUtils.capitalize(range));
			setting.require(false, range);
		}
	}

}
