package dev.snapvec.documents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/** Comparison of points in time with ISO text, as which other stores keep them. */
final class IsoTime {

	private IsoTime() {
	}

	/**
	 * Compares a point in time with text such as {@code 2026-01-31T12:00:00Z}: in whole
	 * seconds if the text has no fraction of a second, else in milliseconds.
	 * @return their order, or empty if the text is not such a time
	 */
	static OptionalInt compare(Instant instant, String text) {
		Instant time = parse(text);
		return (time != null) ? OptionalInt.of(instant.truncatedTo(unit(text)).compareTo(time)) : OptionalInt.empty();
	}

	/**
	 * {@return the time that a text stands for, in its {@link #unit}, or null if it is
	 * not a time}
	 */
	static @Nullable Instant parse(String text) {
		if (text.length() < 20 || !text.endsWith("Z") || text.indexOf('T') < 10) {
			return null;
		}
		try {
			return Instant.parse(text).truncatedTo(unit(text));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * {@return the unit in which a text that stands for a time is compared}
	 */
	static ChronoUnit unit(String text) {
		return (text.indexOf('.') >= 0) ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
	}

}
