package dev.snapvec.documents;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Metadata values in the normalized form that filters compare: numbers as {@code Long},
 * {@code BigDecimal} or a {@code Double} that is not finite, text, booleans, instants in
 * milliseconds, and lists of these.
 */
final class MetadataValue {

	private MetadataValue() {
	}

	/** Normalizes a value of a filter; a value that could match nothing is rejected. */
	static Object ofFilter(String key, @Nullable Object value) {
		Object normalized = of(value);
		if (normalized == null || isOpaque(normalized)) {
			throw new IllegalArgumentException("the value of a filter on '" + key
					+ "' must be a text, number, boolean, date, or a list of these, but was "
					+ ((value != null) ? "a " + value.getClass().getName() : "null"));
		}
		return normalized;
	}

	private static boolean isOpaque(Object normalized) {
		return (normalized instanceof List<?> list) ? list.stream().anyMatch(MetadataValue::isOpaque)
				: normalized.getClass() == Object.class;
	}

	/** Normalizes a value; null if its type is not comparable. */
	static @Nullable Object of(@Nullable Object value) {
		return of(value, 0);
	}

	private static @Nullable Object of(@Nullable Object value, int depth) {
		if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
			return value.toString();
		}
		if (value instanceof Number number) {
			return number(number);
		}
		if (value instanceof Boolean) {
			return value;
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Collection<?> elements) {
			return list(elements, depth);
		}
		if (value != null && value.getClass().isArray()) {
			return list(elements(value), depth);
		}
		Instant instant = instant(value);
		if (instant != null) {
			return instant.truncatedTo(ChronoUnit.MILLIS);
		}
		return (value instanceof Temporal) ? value.toString() : null;
	}

	private static @Nullable Instant instant(@Nullable Object value) {
		if (value instanceof Date date) {
			return Instant.ofEpochMilli(date.getTime());
		}
		if (value instanceof Instant instant) {
			return instant;
		}
		if (value instanceof OffsetDateTime time) {
			return time.toInstant();
		}
		return (value instanceof ZonedDateTime time) ? time.toInstant() : null;
	}

	private static @Nullable Object number(Number number) {
		if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
			return number.longValue();
		}
		if (number instanceof Double || number instanceof Float) {
			double value = number.doubleValue();
			// via its text, because the text of a float is the number as written: 1.1f is
			// 1.1
			return Double.isFinite(value) ? decimal(new BigDecimal(number.toString())) : (Object) value;
		}
		if (number instanceof BigDecimal decimal) {
			return decimal(decimal);
		}
		if (number instanceof BigInteger integer) {
			return decimal(new BigDecimal(integer));
		}
		try {
			return decimal(new BigDecimal(number.toString()));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static Object decimal(BigDecimal decimal) {
		if (decimal.signum() == 0) {
			return 0L;
		}
		BigDecimal stripped = stripped(decimal);
		// at most 19 integer digits and no fraction
		if (stripped.scale() <= 0 && (long) stripped.precision() - stripped.scale() <= 19) {
			BigInteger integer = stripped.toBigInteger();
			if (integer.bitLength() < Long.SIZE) {
				return integer.longValue();
			}
		}
		return stripped;
	}

	private static BigDecimal stripped(BigDecimal decimal) {
		try {
			return decimal.stripTrailingZeros();
		}
		catch (ArithmeticException ex) {
			// its exponent cannot be larger
			return decimal;
		}
	}

	private static @Nullable List<Object> list(Collection<?> elements, int depth) {
		if (depth == MetadataFilter.MAX_DEPTH) {
			return null;
		}
		List<Object> list = new ArrayList<>(elements.size());
		for (Object element : elements) {
			Object normalized = of(element, depth + 1);
			// keeps its position in the list, and equals nothing
			list.add((normalized != null) ? normalized : new Object());
		}
		return List.copyOf(list);
	}

	private static List<@Nullable Object> elements(Object array) {
		List<@Nullable Object> elements = new ArrayList<>();
		for (int i = 0; i < Array.getLength(array); i++) {
			elements.add(Array.get(array, i));
		}
		return elements;
	}

	/**
	 * Compares two normalized values other than lists.
	 * @return their order, or empty if they are not comparable
	 */
	static OptionalInt compare(Object left, Object right) {
		if (left instanceof String a && right instanceof String b) {
			return OptionalInt.of(compareText(a, b));
		}
		if (left instanceof Number a && right instanceof Number b) {
			return compareNumbers(a, b);
		}
		if (left instanceof Boolean a && right instanceof Boolean b) {
			return OptionalInt.of(Boolean.compare(a, b));
		}
		if (left instanceof Instant a && right instanceof Instant b) {
			return OptionalInt.of(a.compareTo(b));
		}
		if (left instanceof Instant a && right instanceof String b) {
			return IsoTime.compare(a, b);
		}
		if (left instanceof String a && right instanceof Instant b) {
			OptionalInt order = IsoTime.compare(b, a);
			return order.isPresent() ? OptionalInt.of(-order.getAsInt()) : order;
		}
		return OptionalInt.empty();
	}

	private static OptionalInt compareNumbers(Number left, Number right) {
		if (left instanceof Long a && right instanceof Long b) {
			return OptionalInt.of(Long.compare(a, b));
		}
		if (left instanceof Double || right instanceof Double) {
			// one of them is NaN or infinite; of the other one only the sign counts
			double a = (left instanceof Double d) ? d : 0;
			double b = (right instanceof Double d) ? d : 0;
			return (Double.isNaN(a) || Double.isNaN(b)) ? OptionalInt.empty() : OptionalInt.of(Double.compare(a, b));
		}
		return OptionalInt.of(toDecimal(left).compareTo(toDecimal(right)));
	}

	private static BigDecimal toDecimal(Number number) {
		return (number instanceof BigDecimal decimal) ? decimal : BigDecimal.valueOf(number.longValue());
	}

	/**
	 * Compares by code points, which is the order of UTF-8 and therefore of a term index.
	 */
	private static int compareText(String left, String right) {
		int length = Math.min(left.length(), right.length());
		for (int i = 0; i < length; i++) {
			char a = left.charAt(i);
			char b = right.charAt(i);
			if (a != b) {
				boolean surrogates = Character.isSurrogate(a) == Character.isSurrogate(b);
				return surrogates ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
			}
		}
		return Integer.compare(left.length(), right.length());
	}

	/** Whether two normalized values are equal; lists are compared by element. */
	static boolean equal(Object left, Object right) {
		if (left instanceof List<?> a && right instanceof List<?> b) {
			if (a.size() != b.size()) {
				return false;
			}
			for (int i = 0; i < a.size(); i++) {
				if (!equal(a.get(i), b.get(i))) {
					return false;
				}
			}
			return true;
		}
		OptionalInt order = compare(left, right);
		return order.isPresent() && order.getAsInt() == 0;
	}

}
