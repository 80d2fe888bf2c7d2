package dev.snapvec.store;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * When recorded mutations are forced to disk, and so what outlives which failure.
 * Whatever is chosen, a mutation that returned is with the operating system: it survives
 * the end of the process, {@code kill -9} included. What differs is what a loss of power,
 * or a crash of the operating system, can take. Immutable.
 *
 * @since 0.1.0
 */
public final class LogSync {

	/** Less would keep a core busy. */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	/** What executors can be asked for without overflow: 146 years. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE >> 1);

	private static final LogSync ALWAYS = new LogSync(null);

	private static final LogSync NEVER = new LogSync(null);

	private final @Nullable Duration interval;

	private LogSync(@Nullable Duration interval) {
		this.interval = interval;
	}

	/**
	 * Before a mutation returns. A loss of power takes nothing that returned. Mutations
	 * under way at the same time share what it costs, a few milliseconds on many disks.
	 * @return the choice
	 */
	public static LogSync always() {
		return ALWAYS;
	}

	/**
	 * Again and again, by a thread of its own. A loss of power takes at most the
	 * mutations of the last interval, and of the time that the disk took; what is left is
	 * a beginning of what returned, without gaps. When forcing fails, or the log is no
	 * longer where it was, mutations fail until a snapshot is saved.
	 * @param interval the time between, at least a millisecond; one of more than 146
	 * years counts as that
	 * @return the choice
	 */
	public static LogSync every(Duration interval) {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "interval must be at least %s, but was %s", SHORTEST, interval));
		}
		return new LogSync((interval.compareTo(LONGEST) < 0) ? interval : LONGEST);
	}

	/**
	 * When the operating system chooses to, and at every snapshot. A loss of power can
	 * take all mutations since the last snapshot; what is left is a beginning of what
	 * returned, without gaps.
	 * @return the choice
	 */
	public static LogSync never() {
		return NEVER;
	}

	boolean isAlways() {
		return this == ALWAYS;
	}

	@Nullable Duration interval() {
		return this.interval;
	}

	@Override
	public String toString() {
		return (this.interval != null) ? "every " + this.interval : isAlways() ? "always" : "never";
	}

}
