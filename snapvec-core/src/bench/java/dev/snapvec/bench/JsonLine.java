package dev.snapvec.bench;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Values as an object of JSON on one line.
 */
final class JsonLine {

	private static final double WHOLE_FROM = 1e5;

	private JsonLine() {
	}

	static String of(Map<String, @Nullable Object> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> quoted(field.getKey()) + ":" + value(field.getValue()))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String value(@Nullable Object value) {
		if (value == null || value instanceof Double number && !Double.isFinite(number)) {
			return "null";
		}
		if (value instanceof Double number) {
			return String.format(Locale.ROOT, (Math.abs(number) >= WHOLE_FROM) ? "%.0f" : "%.4f", number);
		}
		return (value instanceof Number) ? value.toString() : quoted(value.toString());
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
