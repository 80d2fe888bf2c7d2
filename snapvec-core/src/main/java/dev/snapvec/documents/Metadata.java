package dev.snapvec.documents;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Validates and copies the metadata that an application passes; the copies are immutable.
 */
final class Metadata {

	/** Maximum number of keys per document, not counting nested ones. */
	static final int MAX_KEYS = 10_000;

	/** Maximum length of a key in UTF-8 bytes. */
	static final int MAX_KEY_BYTES = 1_024;

	/** Maximum nesting depth of lists and maps in a value. */
	static final int MAX_DEPTH = 32;

	/** Maximum number of digits of a number, as filters may have too. */
	static final int MAX_DIGITS = 1_000;

	/** A number with more bits has more digits. */
	private static final int MAX_BITS = 3_322;

	private Metadata() {
	}

	/**
	 * Validates and copies metadata. Keys with a null value are dropped.
	 * @param id the id of the document, for errors
	 * @param metadata the metadata; their order is kept
	 * @return an immutable copy
	 * @throws IllegalArgumentException if a key or value cannot be stored
	 */
	static Map<String, Object> copy(String id, Map<String, ? extends @Nullable Object> metadata) {
		if (metadata.size() > MAX_KEYS) {
			throw new IllegalArgumentException("the metadata of document '" + id + "' must have at most " + MAX_KEYS
					+ " keys, but had " + metadata.size());
		}
		return map(id, null, metadata, 0);
	}

	private static Map<String, Object> map(String id, @Nullable String parent,
			Map<?, ? extends @Nullable Object> metadata, int depth) {
		Map<String, Object> copy = new LinkedHashMap<>();
		metadata.forEach((key, value) -> {
			String name = key(id, parent, key);
			if (value != null) {
				copy.put(name, value(id, (parent != null) ? parent : name, value, depth));
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	private static String key(String id, @Nullable String parent, @Nullable Object key) {
		if (!(key instanceof String name)) {
			throw new IllegalArgumentException("keys of the metadata of document '" + id + "' must be text, but one "
					+ ((parent != null) ? "below '" + parent + "' " : "") + "was "
					+ ((key != null) ? "a " + key.getClass().getName() : "null"));
		}
		int bytes = name.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > MAX_KEY_BYTES) {
			throw new IllegalArgumentException("a key of the metadata of document '" + id + "' must have at most "
					+ MAX_KEY_BYTES + " bytes of UTF-8, but '" + name.substring(0, 40) + "…' had " + bytes);
		}
		return name;
	}

	private static Object value(String id, String key, Object value, int depth) {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("metadata '" + key + "' of document '" + id + "' must have at most "
					+ MAX_DEPTH + " levels, but had more");
		}
		if (isImmutable(value)) {
			requireFewDigits(id, key, value);
			return value;
		}
		if (value instanceof Date date) {
			return new Date(date.getTime());
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Character || value instanceof CharSequence) {
			return value.toString();
		}
		if (value instanceof Map<?, ?> map) {
			return map(id, key, map, depth + 1);
		}
		if (value instanceof Collection<?> elements) {
			return list(id, key, elements, depth);
		}
		if (value.getClass().isArray()) {
			List<@Nullable Object> elements = new ArrayList<>();
			for (int i = 0; i < Array.getLength(value); i++) {
				elements.add(Array.get(value, i));
			}
			return list(id, key, elements, depth);
		}
		throw new IllegalArgumentException("metadata '" + key + "' of document '" + id
				+ "' must be a text, number, boolean, date, UUID, enum, list or map, but was a "
				+ value.getClass().getName());
	}

	private static void requireFewDigits(String id, String key, Object value) {
		int bits = (value instanceof BigInteger integer) ? integer.bitLength()
				: (value instanceof BigDecimal decimal) ? decimal.unscaledValue().bitLength() : 0;
		if (bits > MAX_BITS) {
			throw new IllegalArgumentException("metadata '" + key + "' of document '" + id + "' must have at most "
					+ MAX_DIGITS + " digits, but had more");
		}
	}

	private static List<Object> list(String id, String key, Collection<? extends @Nullable Object> elements,
			int depth) {
		List<Object> copy = new ArrayList<>(elements.size());
		for (Object element : elements) {
			if (element == null) {
				throw new IllegalArgumentException(
						"metadata '" + key + "' of document '" + id + "' must not have null in a list");
			}
			copy.add(value(id, key, element, depth + 1));
		}
		return Collections.unmodifiableList(copy);
	}

	private static boolean isImmutable(Object value) {
		return value instanceof String || value instanceof Boolean || isNumber(value) || value instanceof UUID
				|| value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime
				|| value instanceof LocalDate || value instanceof LocalDateTime;
	}

	private static boolean isNumber(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof Double || value instanceof Float
				|| value instanceof Short || value instanceof Byte || value.getClass() == BigInteger.class
				|| value.getClass() == BigDecimal.class;
	}

}
