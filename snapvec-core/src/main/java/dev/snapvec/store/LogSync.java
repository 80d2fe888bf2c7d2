package dev.snapvec.store;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * When the write-ahead log is forced to disk (fsync), which determines what survives
 * which failure. In every mode, a mutation that returned has been handed to the operating
 * system and survives the end of the process, including {@code kill -9}. The modes differ
 * in what a power loss, or a crash of the operating system, can take. Immutable.
 *
 * @since 0.1.0
 */
public final class LogSync {

	/** A shorter interval would keep a core busy. */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	/** The longest delay that executors accept without overflow: 146 years. */
	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE >> 1);

	private static final LogSync ALWAYS = new LogSync(null);

	private static final LogSync NEVER = new LogSync(null);

	private final @Nullable Duration interval;

	private LogSync(@Nullable Duration interval) {
		this.interval = interval;
	}

	/**
	 * Fsync before a mutation returns. A power loss takes no mutation that returned.
	 * Concurrent mutations share one fsync, which takes a few milliseconds on many disks.
	 * @return the mode
	 */
	public static LogSync always() {
		return ALWAYS;
	}

	/**
	 * Fsync at a fixed interval, by a separate thread. A power loss takes at most the
	 * mutations of the last interval and of the duration of the fsync; what survives is a
	 * prefix of the mutations that returned, without gaps. If an fsync fails, or the log
	 * file was moved or replaced, mutations fail until a snapshot is saved.
	 * @param interval the time between two fsyncs, at least one millisecond; more than
	 * 146 years count as 146
	 * @return the mode
	 */
	public static LogSync every(Duration interval) {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "interval must be at least %s, but was %s", SHORTEST, interval));
		}
		return new LogSync((interval.compareTo(LONGEST) < 0) ? interval : LONGEST);
	}

	/**
	 * Fsync at every snapshot only; in between, the operating system decides when to
	 * write. A power loss can take all mutations since the last snapshot; what survives
	 * is a prefix of the mutations that returned, without gaps.
	 * @return the mode
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
