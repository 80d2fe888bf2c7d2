package dev.snapvec.documents;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The text form of filters, read and written.
 */
class FilterTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			a == 1                                  | a == 1
			a = 1L                                  | a == 1
			"a" == 'it\\'s'                         | a == 'it\\'s'
			"a key" != "x"                          | "a key" != 'x'
			meta.year >= 2020 && b < 1.50           | meta.year >= 2020 AND b < 1.5
			a<=1 or b>2                             | a <= 1 OR b > 2
			a in ['BG', 'NL']                       | a IN ['BG', 'NL']
			a nin [1]                               | a NOT IN [1]
			a not in [1,2]                          | a NOT IN [1, 2]
			a IN []                                 | a IN []
			a is null or a is not null              | a IS NULL OR a IS NOT NULL
			a == NULL                               | a IS NULL
			not a == 1                              | a != 1
			NOT (a == 1 AND b == 2)                 | NOT (a == 1 AND b == 2)
			a == 1 AND b == 2 OR c == 3             | (a == 1 AND b == 2) OR c == 3
			a == 1 AND (b == 2 OR c == 3)           | a == 1 AND (b == 2 OR c == 3)
			((a == true))                           | a == true
			a contains 'x'                          | a CONTAINS 'x'
			a == [1, ['b', []], 2]                  | a == [1, ['b', []], 2]
			a > -Infinity AND a < Infinity          | a > -Infinity AND a < Infinity
			a >= TIMESTAMP '2026-01-31T12:00:00Z'   | a >= TIMESTAMP '2026-01-31T12:00:00Z'
			a == 1e3                                | a == 1000
			a == 9223372036854775807                | a == 9223372036854775807L
			true                                    | TRUE
			where a == 1                            | a == 1
			"in" == 1 AND inside == 2               | "in" == 1 AND inside == 2
			größe == 1                              | "größe" == 1
			""")
	void isReadAndWritten(String text, String written) {
		MetadataFilter filter = MetadataFilter.parse(text);
		assertThat(filter).hasToString(written);
		assertThat(MetadataFilter.parse(written)).isEqualTo(filter);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                  | 0  | expected a key, NOT or (, but found the end
			a                   | 1  | expected an operator such as == or IN, but found the end
			a ==                | 4  | expected a value, but found the end
			a == b              | 5  | expected a value, but found 'b'
			a '==' 1            | 2  | expected an operator such as == or IN, but found a text
			a == 1 b == 2       | 7  | expected AND, OR or the end, but found 'b'
			a == 1)             | 6  | expected AND, OR or the end, but found ')'
			(a == 1             | 7  | expected AND, OR or ), but found the end
			a IN 1              | 5  | expected [, but found '1'
			a IN [1, ]          | 9  | expected a value, but found ']'
			a IN [1 2]          | 8  | expected ], but found '2'
			a > NULL            | 4  | expected a value, but found 'NULL'
			a == 'x             | 7  | a text that starts at 5 must end with '
			a == 1.2.3          | 5  | expected a number, but found '1.2.3'
			a == 1x             | 5  | expected a number, but found '1x'
			a >= TIMESTAMP 'x'  | 15 | expected a time such as '2026-01-31T12:00:00Z', but was 'x'
			NOT                 | 3  | expected a key, NOT or (, but found the end
			a == 1 AND OR b     | 11 | expected a key, NOT or (, but found 'OR'
			a CONTAINS 1        | 11 | expected a text in quotes, but found '1'
			a == 1; drop        | 6  | expected AND, OR or the end, but found ';'
			""")
	void aMistakeIsNamedWithItsPosition(String text, int position, String message) {
		assertThatExceptionOfType(FilterSyntaxException.class)
			.isThrownBy(() -> MetadataFilter.parse((text != null) ? text : ""))
			.satisfies(ex -> assertThat(ex.position()).isEqualTo(position))
			.withMessage("filter at position " + position + ": " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "NOT ", "[", "a == [", "a IN [[" })
	void noDepthOfTextExhaustsTheStack(String part) {
		assertThatExceptionOfType(FilterSyntaxException.class)
			.isThrownBy(() -> MetadataFilter.parse(part.repeat(100_000)));
		assertThatExceptionOfType(FilterSyntaxException.class)
			.isThrownBy(() -> MetadataFilter.parse("x".repeat(FilterTokens.MAX_LENGTH + 1)));
		assertThatExceptionOfType(FilterSyntaxException.class)
			.isThrownBy(() -> MetadataFilter.parse("a == " + "1".repeat(1_001)));
	}

	@Test
	void whatIsWrittenIsReadAsAnEqualFilter() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 5_000; i++) {
			MetadataFilter filter = tree(random, random.nextInt(5));
			assertThat(MetadataFilter.parse(filter.toString())).as("seed %d, number %d: %s", seed, i, filter)
				.isEqualTo(filter);
		}
	}

	@Test
	void whatIsNegatedMatchesTheRest() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 5_000; i++) {
			MetadataFilter filter = tree(random, random.nextInt(5));
			Map<String, Object> metadata = Map.of("a", value(random), "b", value(random));
			assertThat(new MetadataFilter.Not(filter).matches(metadata))
				.as("seed %d, number %d: %s of %s", seed, i, filter, metadata)
				.isEqualTo(!filter.matches(metadata));
		}
	}

	private static MetadataFilter tree(Random random, int depth) {
		if (depth == 0) {
			return condition(random);
		}
		if (random.nextInt(4) == 0) {
			return new MetadataFilter.Not(tree(random, depth - 1));
		}
		List<MetadataFilter> filters = new ArrayList<>();
		for (int i = random.nextInt(3) + 2; i > 0; i--) {
			filters.add(tree(random, random.nextInt(depth)));
		}
		return random.nextBoolean() ? MetadataFilter.and(filters) : MetadataFilter.or(filters);
	}

	private static MetadataFilter condition(Random random) {
		String key = List.of("a", "b", "a key", "not", "x.y", "", "\"'\\\n", "\uD83D\uDE00").get(random.nextInt(8));
		return switch (random.nextInt(7)) {
			case 0 -> MetadataFilter.isNull(key);
			case 1 -> MetadataFilter.contains(key, "it's \\ \"x\"\t");
			case 2 -> MetadataFilter.in(key, List.of(value(random), value(random)));
			case 3 -> MetadataFilter.all();
			default -> new MetadataFilter.Comparison(key,
					MetadataFilter.Operator.values()[random.nextInt(MetadataFilter.Operator.values().length)],
					value(random));
		};
	}

	private static Object value(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> random.nextInt(5);
			case 1 -> random.nextLong();
			case 2 -> random.nextGaussian();
			case 3 -> random.nextFloat();
			case 4 -> random.nextBoolean();
			case 5 -> List.of("", "it's", "a\\b", "\r\n", "\uD83D\uDE00 [,]").get(random.nextInt(5));
			case 6 -> Instant.ofEpochMilli(random.nextInt());
			case 7 -> new BigDecimal(random.nextLong()).scaleByPowerOfTen(random.nextInt(200) - 100);
			case 8 -> (random.nextInt(3) == 0) ? Double.NaN : Double.NEGATIVE_INFINITY;
			default -> List.of(random.nextInt(3), "x", List.of(true));
		};
	}

}
