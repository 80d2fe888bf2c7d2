package dev.snapvec.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What the conditions on metadata match.
 */
class MetadataFilterTests {

	private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

	private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

	private static boolean matches(MetadataFilter filter, @Nullable Object value) {
		return filter.matches((value != null) ? Map.of("key", value) : Map.of());
	}

	/** A value of metadata, one of a filter, and their order: nothing for other kinds. */
	static Stream<Arguments> pairs() {
		return Stream.of(arguments(1, 1L, 0), arguments(1, 1.0, 0), arguments((byte) 1, 1.0f, 0),
				arguments(1.1f, 1.1d, 0), arguments(0.0, -0.0, 0), arguments(1, 2.5, -1), arguments(-1, -2L, 1),
				arguments(1L << 53, (1L << 53) + 1, -1), arguments((double) (1L << 53), (1L << 53) + 1, -1),
				arguments(new BigDecimal("1.50"), 1.5, 0), arguments(new BigDecimal("1e400"), Double.MAX_VALUE, 1),
				arguments(new BigDecimal("1e400"), Double.POSITIVE_INFINITY, -1),
				arguments(Double.NEGATIVE_INFINITY, Long.MIN_VALUE, -1),
				arguments(Float.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0),
				arguments(BigInteger.TWO.pow(64), Long.MAX_VALUE, 1), arguments(BigInteger.TEN, 10, 0),
				arguments(Long.MIN_VALUE, new BigDecimal("-9223372036854775808.0"), 0), arguments(Double.NaN, 1, null),
				arguments(1, Double.NaN, null), arguments(Float.NaN, Double.NaN, null),
				arguments(new BigDecimal("1e1000000000"), new BigDecimal("2e1000000000"), -1), arguments("a", "a", 0),
				arguments("a", "b", -1), arguments("10", "9", -1), arguments("", "a", -1), arguments("a", "ab", -1),
				arguments("\uFFFD", "\uD83D\uDE00", -1), arguments("\uD83D\uDE00", "\uE000", 1), arguments('c', "c", 0),
				arguments(new StringBuilder("c"), "c", 0), arguments(true, true, 0), arguments(false, true, -1),
				arguments(1, "1", null), arguments("1", 1, null), arguments("true", true, null),
				arguments(true, "true", null), arguments(1, true, null), arguments(TimeUnit.DAYS, "DAYS", 0),
				arguments("DAYS", TimeUnit.DAYS, 0), arguments(ID, ID.toString(), 0), arguments(ID.toString(), ID, 0),
				arguments(LocalDate.of(2026, 1, 31), "2026-01-31", 0),
				arguments("2026-01-30", LocalDate.of(2026, 1, 31), -1),
				arguments(LocalDateTime.of(2026, 1, 31, 12, 0, 1), "2026-01-31T12:00:01", 0),
				arguments(NOON, Date.from(NOON), 0), arguments(NOON.plusNanos(1), NOON, 0),
				arguments(NOON.plusMillis(1), NOON, 1),
				arguments(OffsetDateTime.ofInstant(NOON, ZoneOffset.ofHours(3)), NOON, 0),
				arguments(ZonedDateTime.ofInstant(NOON, ZoneOffset.ofHours(-3)), Date.from(NOON), 0),
				arguments(new java.sql.Timestamp(NOON.toEpochMilli()), NOON, 0),
				arguments(NOON, "2026-01-31T12:00:00.123Z", 0), arguments(NOON, "2026-01-31T12:00:00Z", 0),
				arguments("2026-01-31T12:00:00Z", NOON, 0), arguments("2026-01-31T12:00:01Z", NOON, 1),
				arguments("2026-01-31T12:00:00.124Z", Date.from(NOON), 1), arguments(NOON, "2026-01-31T12:00Z", null),
				arguments("2026-01-31T12:00:00+01:00", NOON, null), arguments("2026-13-31T12:00:00Z", NOON, null),
				arguments("yesterday", NOON, null), arguments(NOON.toEpochMilli(), NOON, null),
				arguments(Map.of("a", 1), 1, null), arguments(new Object(), "a", null));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void comparesTheValuesOfAKindAndNoneOfTwo(Object value, Object expected, @Nullable Integer order) {
		boolean comparable = order != null;
		int sign = comparable ? order : 0;
		assertThat(matches(MetadataFilter.eq("key", expected), value)).isEqualTo(comparable && sign == 0);
		assertThat(matches(MetadataFilter.ne("key", expected), value)).isEqualTo(!comparable || sign != 0);
		assertThat(matches(MetadataFilter.gt("key", expected), value)).isEqualTo(comparable && sign > 0);
		assertThat(matches(MetadataFilter.gte("key", expected), value)).isEqualTo(comparable && sign >= 0);
		assertThat(matches(MetadataFilter.lt("key", expected), value)).isEqualTo(comparable && sign < 0);
		assertThat(matches(MetadataFilter.lte("key", expected), value)).isEqualTo(comparable && sign <= 0);
		assertThat(matches(MetadataFilter.in("key", List.of(expected, "other")), value))
			.isEqualTo(comparable && sign == 0);
		assertThat(matches(MetadataFilter.notIn("key", List.of("other", expected)), value))
			.isEqualTo(!comparable || sign != 0);
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void comparesTheElementsOfAList(Object value, Object expected, @Nullable Integer order) {
		assertThat(matches(MetadataFilter.eq("key", expected), List.of(Map.of(), value)))
			.isEqualTo(order != null && order == 0);
		assertThat(matches(MetadataFilter.gt("key", expected), new Object[] { value }))
			.isEqualTo(order != null && order > 0);
		assertThat(matches(MetadataFilter.ne("key", expected), Set.of(value))).isEqualTo(order == null || order != 0);
	}

	@Test
	void aMissingKeyMatchesOnlyWhatIsNegated() {
		for (MetadataFilter positive : List.of(MetadataFilter.eq("key", 1), MetadataFilter.gt("key", 1),
				MetadataFilter.lt("key", 1), MetadataFilter.in("key", List.of(1)), MetadataFilter.contains("key", "a"),
				MetadataFilter.isNotNull("key"))) {
			assertThat(matches(positive, null)).as("%s", positive).isFalse();
			assertThat(matches(MetadataFilter.not(positive), null)).as("not %s", positive).isTrue();
		}
		assertThat(matches(MetadataFilter.isNull("key"), null)).isTrue();
		assertThat(MetadataFilter.isNull("key").matches(Collections.singletonMap("key", null))).isTrue();
		assertThat(matches(MetadataFilter.not(MetadataFilter.gte("key", 2020)), null)).isTrue();
		assertThat(matches(MetadataFilter.lt("key", 2020), null)).isFalse();
	}

	@Test
	void nullInAFilterStandsForAMissingKey() {
		assertThat(MetadataFilter.eq("key", null)).isEqualTo(MetadataFilter.isNull("key"));
		assertThat(MetadataFilter.ne("key", null)).isEqualTo(MetadataFilter.isNotNull("key"));
		MetadataFilter in = MetadataFilter.in("key", Stream.of("a", null).toList());
		assertThat(matches(in, null)).isTrue();
		assertThat(matches(in, "a")).isTrue();
		assertThat(matches(in, "b")).isFalse();
		assertThat(matches(MetadataFilter.not(in), null)).isFalse();
	}

	@Test
	void aListEqualsAListOfEqualElementsInTheSameOrder() {
		MetadataFilter filter = MetadataFilter.eq("key", List.of(1, "a"));
		assertThat(matches(filter, List.of(1.0, "a"))).isTrue();
		assertThat(matches(filter, new Object[] { 1L, "a" })).isTrue();
		assertThat(matches(filter, List.of("a", 1))).isFalse();
		assertThat(matches(filter, List.of(1))).isFalse();
		assertThat(matches(filter, 1)).isFalse();
		assertThat(matches(MetadataFilter.in("key", List.of(List.of(1, "a"))), List.of(1, "a"))).isTrue();
		assertThat(matches(MetadataFilter.gt("key", List.of(1)), List.of(2))).isFalse();
		assertThat(matches(MetadataFilter.eq("key", 3), new int[] { 1, 3 })).isTrue();
	}

	@Test
	void anEmptyListIsThereAndMatchesNothing() {
		assertThat(matches(MetadataFilter.eq("key", 1), List.of())).isFalse();
		assertThat(matches(MetadataFilter.ne("key", 1), List.of())).isTrue();
		assertThat(matches(MetadataFilter.isNotNull("key"), List.of())).isTrue();
		assertThat(matches(MetadataFilter.in("key", List.of()), 1)).isFalse();
		assertThat(matches(MetadataFilter.notIn("key", List.of()), 1)).isTrue();
		assertThat(matches(MetadataFilter.eq("key", List.of()), List.of())).isTrue();
	}

	@Test
	void nestedMapsAreOnlyThereOrNot() {
		Object map = Map.of("a", 1);
		assertThat(matches(MetadataFilter.isNotNull("key"), map)).isTrue();
		assertThat(matches(MetadataFilter.eq("key", "{a=1}"), map)).isFalse();
		assertThat(matches(MetadataFilter.ne("key", 1), map)).isTrue();
		assertThat(MetadataFilter.eq("key.a", 1).matches(Map.of("key.a", 1))).isTrue();
	}

	@Test
	void aTextContainsAnother() {
		assertThat(matches(MetadataFilter.contains("key", "b"), "abc")).isTrue();
		assertThat(matches(MetadataFilter.contains("key", "B"), "abc")).isFalse();
		assertThat(matches(MetadataFilter.contains("key", ""), "")).isTrue();
		assertThat(matches(MetadataFilter.contains("key", "1"), 1)).isFalse();
		assertThat(matches(MetadataFilter.contains("key", "b"), List.of("a", "bb"))).isTrue();
	}

	@Test
	void conditionsAreCombined() {
		MetadataFilter a = MetadataFilter.eq("a", 1);
		MetadataFilter b = MetadataFilter.eq("b", 1);
		for (int bits = 0; bits < 4; bits++) {
			boolean first = (bits & 1) != 0;
			boolean second = (bits & 2) != 0;
			Map<String, Object> metadata = Map.of("a", first ? 1 : 0, "b", second ? 1 : 0);
			assertThat(MetadataFilter.and(a, b).matches(metadata)).isEqualTo(first && second);
			assertThat(MetadataFilter.or(a, b).matches(metadata)).isEqualTo(first || second);
			assertThat(MetadataFilter.not(MetadataFilter.or(a, b)).matches(metadata)).isEqualTo(!first && !second);
		}
		assertThat(MetadataFilter.and().matches(Map.of())).isTrue();
		assertThat(MetadataFilter.or().matches(Map.of())).isFalse();
		assertThat(MetadataFilter.and(a)).isSameAs(a);
		assertThat(MetadataFilter.not(MetadataFilter.not(a))).isSameAs(a);
	}

	@Test
	void aPredicateSeesTheMetadataAsTheyAre() {
		MetadataFilter filter = MetadataFilter.matching("even",
				metadata -> metadata.get("n") instanceof Integer n && n % 2 == 0);
		assertThat(filter.matches(Map.of("n", 2))).isTrue();
		assertThat(filter.matches(Map.of("n", 2L))).isFalse();
		assertThat(filter).hasToString("{even}").isNotEqualTo(MetadataFilter.matching("even", metadata -> true));
	}

	@Test
	void filtersAreEqualIfTheirValuesAre() {
		assertThat(MetadataFilter.eq("a", 1)).isEqualTo(MetadataFilter.eq("a", new BigDecimal("1.00")))
			.hasSameHashCodeAs(MetadataFilter.eq("a", 1.0f))
			.isNotEqualTo(MetadataFilter.eq("a", "1"))
			.isNotEqualTo(MetadataFilter.eq("b", 1));
		assertThat(MetadataFilter.in("a", List.of(1, 1L, 2))).isEqualTo(MetadataFilter.in("a", List.of(1, 2)));
		assertThat(MetadataFilter.eq("a", new int[] { 1 })).isEqualTo(MetadataFilter.eq("a", List.of(1)));
	}

	@Test
	void aValueThatNothingEqualsIsRefusedByKeyAndType() {
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.eq("when", new Object()))
			.withMessage("the value of a filter on 'when' must be a text, number, boolean, date, or a list of these, "
					+ "but was a java.lang.Object");
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.in("a", List.of(1, Map.of())));
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.eq("a", List.of(1, new Object())));
	}

	@Test
	void filtersTooDeepOrTooLargeAreRefused() {
		MetadataFilter deep = MetadataFilter.eq("a", 1);
		for (int level = 1; level < MetadataFilter.MAX_DEPTH; level++) {
			deep = MetadataFilter.and(deep, MetadataFilter.eq("b", 2));
		}
		MetadataFilter deepest = deep;
		assertThat(deepest.matches(Map.of("a", 1, "b", 2))).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.not(deepest))
			.withMessage("a filter must have at most 100 levels, but had 101");
		List<MetadataFilter> many = new ArrayList<>(
				Collections.nCopies(MetadataFilter.MAX_SIZE - 1, MetadataFilter.eq("a", 1)));
		assertThat(MetadataFilter.or(many).matches(Map.of("a", 1))).isTrue();
		many.add(MetadataFilter.eq("a", 2));
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.or(many))
			.withMessage("a filter must have at most 10000 conditions, but had more");
		List<Integer> values = Stream.iterate(0, i -> i + 1).limit(100_001).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataFilter.in("a", values))
			.withMessage("the number of values of a filter on 'a' must be at most 100000, but was 100001");
	}

	@Test
	void noExponentIsTooLargeToCompare() {
		for (int scale : new int[] { Integer.MIN_VALUE, Integer.MAX_VALUE }) {
			BigDecimal number = new BigDecimal(BigInteger.TEN, scale);
			assertThat(matches(MetadataFilter.gt("key", 1), number)).isEqualTo(scale < 0);
			assertThat(matches(MetadataFilter.eq("key", number), number)).isTrue();
		}
	}

	@Test
	void aListThatHoldsItselfIsComparedWithNothing() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThat(matches(MetadataFilter.eq("key", 1), list)).isFalse();
		assertThat(matches(MetadataFilter.isNotNull("key"), list)).isTrue();
	}

}
