package dev.snapvec.documents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

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
		if (text.length() < 20 || !text.endsWith("Z") || text.indexOf('T') < 10) {
			return OptionalInt.empty();
		}
		try {
			ChronoUnit unit = (text.indexOf('.') >= 0) ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
			return OptionalInt.of(instant.truncatedTo(unit).compareTo(Instant.parse(text).truncatedTo(unit)));
		}
		catch (DateTimeException ex) {
			return OptionalInt.empty();
		}
	}

}
