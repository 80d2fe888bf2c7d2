package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes the valid values of a property as the configuration writes them, rather than
 * Java.
 * <p>
 * Internal: not for applications.
 */
public final class ExpectedValue {

	private ExpectedValue() {
	}

	/** Describes the valid values of a property of a type. */
	public static String of(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + values(type);
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		if (type == Duration.class) {
			return "a duration with its unit, such as 500ms, 10s, 5m, 2h or 1d";
		}
		if (type == Integer.class || type == int.class) {
			return "a whole number of at most " + Integer.MAX_VALUE;
		}
		if (type == Long.class || type == long.class) {
			return "a whole number of at most " + Long.MAX_VALUE;
		}
		return IndexProperties.class.isAssignableFrom(type) ? "an index, with its properties below it" : "a text";
	}

	/** Lists the constants of an enum as the configuration writes them. */
	public static String values(Class<?> type) {
		return Stream.of(type.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", "));
	}

}
