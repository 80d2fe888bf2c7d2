package dev.snapvec.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Metadata and filters over them, of values that are easily confused.
 */
final class RandomDocuments {

	static final List<String> KEYS = List.of("a", "b", "a key", "\uD800", "\uFFFD", "\\d800", "");

	private static final String LONG = "x".repeat(Terms.MAX_BYTES - 1);

	private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

	/** One or more of every kind of value. */
	static final List<Object> VALUES = List.of(0, 1, 1L, (byte) -1, -1.5f, 1.1f, 1.1d, 0.1 + 0.2, 0.3, -0.0, 1L << 53,
			(1L << 53) + 1, (1L << 53) + 2, (double) (1L << 53), -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE,
			Long.MAX_VALUE - 1, (double) Long.MAX_VALUE, BigInteger.TWO.pow(63), BigInteger.TWO.pow(64).negate(),
			BigInteger.ONE.add(BigInteger.TWO.pow(64)), 1e300, Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE,
			new BigDecimal("1e400"), new BigDecimal("-1e400"), new BigDecimal("1e-400"), new BigDecimal("-1e-400"),
			new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE), new BigDecimal(BigInteger.TEN, Integer.MAX_VALUE),
			new BigDecimal("1e1000000000"), new BigDecimal("1e-1000000000"), new BigDecimal("1.10000000000000000001"),
			new BigDecimal("0.300000000000001"), new BigDecimal("0.3000000000000001"), new BigDecimal("1.50"),
			new BigDecimal("9007199254740993.5"), new BigDecimal("9223372036854775807.5"), Double.NaN, Float.NaN,
			Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 8.41E21, 2.0E-3, "", "a", "A",
			"ab", "b", "1", "1.1", "true", "a\uFFFD", "a\uD83D", "a\uD83D\uDE00", "a\uD83D\uDE01", "\uDE00", "\uE000",
			"\uFFFF", "it's \\ \"x\"\t", "x\u0000y", LONG, LONG + "x", LONG + "y", LONG + "xx", LONG + "xy",
			LONG + "\u00fc", LONG + "\u00fcx", LONG + "\u00e9", LONG + "w\u00fc", "x".repeat(40_000),
			"x".repeat(40_000) + "y", LONG + "x\uD800", 'c', true, false, TimeUnit.DAYS, new UUID(1, 2),
			new UUID(1, 2).toString(), LocalDate.of(2026, 1, 31), LocalDateTime.of(2026, 1, 31, 12, 0), NOON,
			Date.from(NOON), NOON.plusNanos(1), NOON.plusMillis(1), NOON.minusMillis(1),
			NOON.truncatedTo(ChronoUnit.SECONDS), NOON.plusSeconds(1), Instant.EPOCH, Instant.EPOCH.minusMillis(1),
			Instant.MIN, Instant.MAX, Instant.ofEpochMilli(Long.MAX_VALUE), Instant.ofEpochMilli(Long.MIN_VALUE),
			OffsetDateTime.ofInstant(NOON, ZoneOffset.ofHours(3)), NOON.toString(), "2026-01-31T12:00:00Z",
			"2026-01-31T12:00:00.124Z", "2026-01-31T12:00:00.000Z", "2026-01-31T12:00:01Z", "2026-01-31T24:00:00Z",
			"1969-12-31T23:59:59Z", "1969-12-31T23:59:59.999Z", "2026-01-31T12:00:00.123456789Z",
			"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "2026-01-31T12:00Z",
			"2026-01-31T12:00:00+01:00", List.of(), List.of(1), List.of(1L, 2.5, "a"), List.of("a", 1),
			List.of(List.of(1), "a"), List.of(Map.of("a", 1), "a"), List.of(Double.NaN), List.of(true, NOON),
			List.of("a\uD83D", LONG + "xx"), Map.of("a", 1), Map.of());

	private final Random random;

	RandomDocuments(Random random) {
		this.random = random;
	}

	Object value() {
		return switch (this.random.nextInt(12)) {
			case 0 -> this.random.nextInt(4);
			case 1 -> List.of("a", "b", "ab", "c").get(this.random.nextInt(4));
			case 2 -> this.random.nextDouble();
			case 3 -> this.random.nextLong();
			case 4 -> NOON.plusMillis(this.random.nextInt(3_000) - 1_500L);
			case 5 -> list();
			default -> VALUES.get(this.random.nextInt(VALUES.size()));
		};
	}

	private List<Object> list() {
		List<Object> list = new ArrayList<>();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			list.add(value());
		}
		return list;
	}

	private String key() {
		return KEYS.get(this.random.nextInt((this.random.nextInt(4) == 0) ? KEYS.size() : 2));
	}

	Map<String, Object> metadata() {
		Map<String, Object> metadata = new HashMap<>();
		for (int i = this.random.nextInt(5); i > 0; i--) {
			metadata.put(key(), value());
		}
		return Metadata.copy("id", metadata);
	}

	MetadataFilter filter() {
		return tree(this.random.nextInt(5));
	}

	private MetadataFilter tree(int depth) {
		if (depth == 0) {
			return condition();
		}
		if (this.random.nextInt(4) == 0) {
			return new MetadataFilter.Not(tree(depth - 1));
		}
		List<MetadataFilter> filters = new ArrayList<>();
		for (int i = this.random.nextInt(3) + 2; i > 0; i--) {
			filters.add(tree(this.random.nextInt(depth)));
		}
		return this.random.nextBoolean() ? MetadataFilter.and(filters) : MetadataFilter.or(filters);
	}

	private MetadataFilter condition() {
		return switch (this.random.nextInt(8)) {
			case 0 -> MetadataFilter.isNull(key());
			case 1 -> MetadataFilter.contains(key(), String.valueOf(filterValue()));
			case 2 -> MetadataFilter.in(key(), List.of(filterValue(), filterValue(), filterValue()));
			case 3 -> (this.random.nextInt(4) == 0) ? MetadataFilter.all()
					: MetadataFilter.matching("has a", (metadata) -> metadata.containsKey("a"));
			default -> new MetadataFilter.Comparison(key(),
					MetadataFilter.Operator.values()[this.random.nextInt(MetadataFilter.Operator.values().length)],
					filterValue());
		};
	}

	/** A value that a filter accepts. */
	Object filterValue() {
		while (true) {
			Object value = value();
			if (isFilterValue(value)) {
				return value;
			}
		}
	}

	static boolean isFilterValue(Object value) {
		try {
			MetadataFilter.gt("key", value);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
