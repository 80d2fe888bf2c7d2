package dev.snapvec.documents;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A condition on the metadata of a document. Immutable and thread-safe; two filters are
 * equal if they are the same tree over equal keys and values, where numbers are equal by
 * value ({@code 1}, {@code 1L} and {@code 1.0} make equal filters).
 *
 * <pre>{@code
 * MetadataFilter.and(MetadataFilter.gte("year", 2020), MetadataFilter.in("country", List.of("BG", "NL")))
 * MetadataFilter.parse("year >= 2020 AND country IN ['BG', 'NL']")
 * }</pre>
 *
 * <h2>What matches</h2>
 * <ul>
 * <li>A missing key or a null value matches no condition except {@link #isNull(String)}.
 * <li>Numbers of any two types are compared by exact decimal value: {@code 1} equals
 * {@code 1.0}, {@code 1.1f} equals {@code 1.1d}, 2<sup>53</sup> differs from
 * 2<sup>53</sup>+1. NaN matches nothing; infinities are ordered.
 * <li>Text is compared by code points. Enums, UUIDs, and dates without a zone
 * ({@code LocalDate} and its like) are compared as text.
 * <li>Points in time ({@code Date}, {@code Instant}, {@code OffsetDateTime},
 * {@code ZonedDateTime}) are compared in milliseconds. They are also compared with ISO
 * text that ends in {@code Z}: in whole seconds if the text has no fraction.
 * <li>{@code false} is less than {@code true}.
 * <li>Values of different kinds, such as {@code 1} and {@code "1"}, do not match; this is
 * not an error.
 * <li>A list, set or array matches if one of its elements does; equality with a list
 * requires equal lists. Nested maps match only {@code isNotNull}.
 * <li>{@link #not(MetadataFilter)} matches exactly what its operand does not match. So
 * does {@link #ne(String, Object)}, which therefore matches a document without the key.
 * </ul>
 *
 * @since 0.1.0
 */
public sealed interface MetadataFilter {

	/**
	 * Maximum number of conditions in a filter, counting each node of the tree.
	 */
	int MAX_SIZE = 10_000;

	/**
	 * Maximum depth of a filter.
	 */
	int MAX_DEPTH = 100;

	/**
	 * Evaluates this condition against the metadata of a document.
	 * @param metadata metadata by key; values of any type
	 * @return whether they match
	 */
	default boolean matches(Map<String, ?> metadata) {
		return FilterEvaluator.matches(this, metadata);
	}

	/**
	 * Parses the text form of a filter, which is also what {@code toString()} returns.
	 * <pre>
	 * country IN ['BG', 'NL'] AND (year &gt;= 2020 OR NOT draft == true)
	 * </pre> Operators are {@code ==} (or {@code =}), {@code !=} (or {@code <>}),
	 * {@code >}, {@code >=}, {@code <}, {@code <=}, {@code IN}, {@code NOT IN} (or
	 * {@code NIN}), {@code IS NULL}, {@code IS NOT NULL} and {@code CONTAINS}; they are
	 * combined by {@code NOT}, {@code AND} (or {@code &&}), {@code OR} (or {@code ||}),
	 * which bind in this order, and by parentheses. Keywords may be in lower case. Values
	 * are text in single or double quotes with {@code \} as escape, numbers,
	 * {@code true}, {@code false}, {@code NULL},
	 * {@code TIMESTAMP '2026-01-31T12:00:00Z'}, and lists of them in brackets. A key is a
	 * name of letters, digits, {@code _} and dots, or any text in quotes. {@code TRUE}
	 * alone matches everything. Filters in the text form of Spring AI are accepted.
	 * @param text the text of a filter, at most 1,048,576 characters
	 * @return the filter
	 * @throws FilterSyntaxException if the text is not a filter; it names the position
	 */
	static MetadataFilter parse(String text) {
		return new FilterParser(text).parse();
	}

	/**
	 * Matches every document.
	 * @return the filter
	 */
	static MetadataFilter all() {
		return All.ALL;
	}

	/**
	 * Matches documents that all filters match.
	 * @param filters the filters; if empty, everything matches
	 * @return the filter
	 */
	static MetadataFilter and(MetadataFilter... filters) {
		return and(Arrays.asList(filters));
	}

	/**
	 * Matches documents that all filters match.
	 * @param filters the filters; if empty, everything matches
	 * @return the filter
	 */
	static MetadataFilter and(Collection<? extends MetadataFilter> filters) {
		return (filters.size() == 1) ? filters.iterator().next()
				: filters.isEmpty() ? all() : new And(List.copyOf(filters));
	}

	/**
	 * Matches documents that at least one filter matches.
	 * @param filters the filters; if empty, nothing matches
	 * @return the filter
	 */
	static MetadataFilter or(MetadataFilter... filters) {
		return or(Arrays.asList(filters));
	}

	/**
	 * Matches documents that at least one filter matches.
	 * @param filters the filters; if empty, nothing matches
	 * @return the filter
	 */
	static MetadataFilter or(Collection<? extends MetadataFilter> filters) {
		return (filters.size() == 1) ? filters.iterator().next()
				: filters.isEmpty() ? not(all()) : new Or(List.copyOf(filters));
	}

	/**
	 * Matches documents that a filter does not match.
	 * @param filter the filter to negate
	 * @return the filter
	 */
	static MetadataFilter not(MetadataFilter filter) {
		return (filter instanceof Not not) ? not.filter() : new Not(filter);
	}

	/**
	 * Matches documents whose value equals the given one.
	 * @param key a key of the metadata
	 * @param value the value; null stands for {@link #isNull(String)}
	 * @return the filter
	 */
	static MetadataFilter eq(String key, @Nullable Object value) {
		return (value != null) ? new Comparison(key, Operator.EQ, value) : isNull(key);
	}

	/**
	 * Matches what {@link #eq(String, Object)} does not match, including documents
	 * without the key.
	 * @param key a key of the metadata
	 * @param value the value; null stands for {@link #isNotNull(String)}
	 * @return the filter
	 */
	static MetadataFilter ne(String key, @Nullable Object value) {
		return not(eq(key, value));
	}

	/**
	 * Matches documents with a value of the same kind that is greater than the given one.
	 * @param key a key of the metadata
	 * @param value the value
	 * @return the filter
	 */
	static MetadataFilter gt(String key, Object value) {
		return new Comparison(key, Operator.GT, value);
	}

	/**
	 * Matches documents with a value of the same kind that is greater than or equal to
	 * the given one.
	 * @param key a key of the metadata
	 * @param value the value
	 * @return the filter
	 */
	static MetadataFilter gte(String key, Object value) {
		return new Comparison(key, Operator.GTE, value);
	}

	/**
	 * Matches documents with a value of the same kind that is less than the given one.
	 * @param key a key of the metadata
	 * @param value the value
	 * @return the filter
	 */
	static MetadataFilter lt(String key, Object value) {
		return new Comparison(key, Operator.LT, value);
	}

	/**
	 * Matches documents with a value of the same kind that is less than or equal to the
	 * given one.
	 * @param key a key of the metadata
	 * @param value the value
	 * @return the filter
	 */
	static MetadataFilter lte(String key, Object value) {
		return new Comparison(key, Operator.LTE, value);
	}

	/**
	 * Matches documents whose value equals one of the given ones.
	 * @param key a key of the metadata
	 * @param values the values, at most {@value In#MAX_VALUES}; if empty, nothing
	 * matches; null matches a missing key
	 * @return the filter
	 */
	static MetadataFilter in(String key, Collection<? extends @Nullable Object> values) {
		List<Object> present = values.stream().filter(value -> value != null).map(Object.class::cast).toList();
		MetadataFilter in = new In(key, present);
		return (present.size() == values.size()) ? in : or(in, isNull(key));
	}

	/**
	 * Matches what {@link #in(String, Collection)} does not match, including documents
	 * without the key.
	 * @param key a key of the metadata
	 * @param values the values; if empty, everything matches
	 * @return the filter
	 */
	static MetadataFilter notIn(String key, Collection<? extends @Nullable Object> values) {
		return not(in(key, values));
	}

	/**
	 * Matches documents without the key, or with null for it.
	 * @param key a key of the metadata
	 * @return the filter
	 */
	static MetadataFilter isNull(String key) {
		return new IsNull(key);
	}

	/**
	 * Matches documents that have a value for the key.
	 * @param key a key of the metadata
	 * @return the filter
	 */
	static MetadataFilter isNotNull(String key) {
		return not(isNull(key));
	}

	/**
	 * Matches documents whose text value contains the given text. Case-sensitive.
	 * @param key a key of the metadata
	 * @param text the text to look for
	 * @return the filter
	 */
	static MetadataFilter contains(String key, String text) {
		return new Contains(key, text);
	}

	/**
	 * Matches documents that a predicate of the application accepts. Evaluating it reads
	 * every document. Its text form cannot be parsed.
	 * @param description description of the predicate, for the text form
	 * @param predicate receives the metadata; must be thread-safe, and equal to another
	 * predicate only if it accepts the same metadata
	 * @return the filter
	 */
	static MetadataFilter matching(String description, Predicate<Map<String, ?>> predicate) {
		return new Custom(description, predicate);
	}

	/**
	 * Comparison operators.
	 */
	enum Operator {

		/** Equal. */
		EQ("=="),

		/** Greater than. */
		GT(">"),

		/** Greater than or equal. */
		GTE(">="),

		/** Less than. */
		LT("<"),

		/** Less than or equal. */
		LTE("<=");

		private final String symbol;

		Operator(String symbol) {
			this.symbol = symbol;
		}

		/**
		 * {@return the symbol in the text form, such as {@code >=}}
		 */
		public String symbol() {
			return this.symbol;
		}

		boolean accepts(int order) {
			return switch (this) {
				case EQ -> order == 0;
				case GT -> order > 0;
				case GTE -> order >= 0;
				case LT -> order < 0;
				case LTE -> order <= 0;
			};
		}

	}

	/**
	 * Matches everything.
	 */
	enum All implements MetadataFilter {

		/** The one instance. */
		ALL;

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Conjunction: matches what all of its filters match.
	 *
	 * @param filters the operands, at least two
	 */
	record And(List<MetadataFilter> filters) implements MetadataFilter {

		/**
		 * Checks size and depth.
		 * @throws IllegalArgumentException if the filter is too large or too deep
		 */
		public And {
			filters = FilterBounds.atLeastTwo(filters);
			FilterBounds.check(filters);
		}

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Disjunction: matches what at least one of its filters matches.
	 *
	 * @param filters the operands, at least two
	 */
	record Or(List<MetadataFilter> filters) implements MetadataFilter {

		/**
		 * Checks size and depth.
		 * @throws IllegalArgumentException if the filter is too large or too deep
		 */
		public Or {
			filters = FilterBounds.atLeastTwo(filters);
			FilterBounds.check(filters);
		}

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Negation: matches what its filter does not match.
	 *
	 * @param filter the filter
	 */
	record Not(MetadataFilter filter) implements MetadataFilter {

		/**
		 * Checks size and depth.
		 * @throws IllegalArgumentException if the filter is too large or too deep
		 */
		public Not {
			FilterBounds.check(List.of(filter));
		}

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Comparison of a value.
	 *
	 * @param key the key
	 * @param operator the operator
	 * @param value the value, normalized: a {@code Long} for whole numbers that fit, else
	 * a {@code BigDecimal}, or a {@code Double} that is not finite; a {@code String}; a
	 * {@code Boolean}; an {@code Instant} in milliseconds; or a {@code List} of these
	 */
	record Comparison(String key, Operator operator, Object value) implements MetadataFilter {

		/**
		 * Normalizes the value.
		 * @throws IllegalArgumentException if it is not of a comparable kind
		 */
		public Comparison {
			value = MetadataValue.ofFilter(key, value);
		}

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Matches values that equal one of a list.
	 *
	 * @param key the key
	 * @param values the values, each normalized as {@link Comparison#value()} is
	 */
	record In(String key, List<Object> values) implements MetadataFilter {

		/**
		 * Maximum number of values of one condition.
		 */
		public static final int MAX_VALUES = 100_000;

		/**
		 * Normalizes the values.
		 * @throws IllegalArgumentException if there are too many, or one is not of a
		 * comparable kind
		 */
		public In {
			if (values.size() > MAX_VALUES) {
				throw new IllegalArgumentException("the number of values of a filter on '" + key + "' must be at most "
						+ MAX_VALUES + ", but was " + values.size());
			}
			String name = key;
			values = values.stream().map(value -> MetadataValue.ofFilter(name, value)).distinct().toList();
		}

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Matches a missing key.
	 *
	 * @param key the key
	 */
	record IsNull(String key) implements MetadataFilter {

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Matches text values that contain a text, case-sensitively. Every text contains the
	 * empty one.
	 *
	 * @param key the key
	 * @param text the text to look for
	 */
	record Contains(String key, String text) implements MetadataFilter {

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

	/**
	 * Matches by a predicate of the application.
	 *
	 * @param description description for the text form
	 * @param predicate receives the metadata
	 */
	record Custom(String description, Predicate<Map<String, ?>> predicate) implements MetadataFilter {

		@Override
		public String toString() {
			return FilterText.of(this);
		}

	}

}
