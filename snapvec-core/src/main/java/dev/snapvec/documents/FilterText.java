package dev.snapvec.documents;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes filters as {@link FilterParser} reads them. */
final class FilterText {

	/** Keywords, which must be quoted when used as keys. */
	static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "IN", "NIN", "IS", "NULL", "CONTAINS", "TRUE",
			"FALSE", "TIMESTAMP", "NAN", "INFINITY", "WHERE");

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

	/** Numbers with more digits are written with an exponent. */
	private static final int PLAIN_DIGITS = 40;

	private FilterText() {
	}

	static String of(MetadataFilter filter) {
		if (filter instanceof MetadataFilter.And and) {
			return joined(and.filters(), " AND ");
		}
		if (filter instanceof MetadataFilter.Or or) {
			return joined(or.filters(), " OR ");
		}
		if (filter instanceof MetadataFilter.Not not) {
			return negated(not.filter());
		}
		if (filter instanceof MetadataFilter.Comparison comparison) {
			return key(comparison.key()) + " " + comparison.operator().symbol() + " " + value(comparison.value());
		}
		if (filter instanceof MetadataFilter.In in) {
			return key(in.key()) + " IN " + value(in.values());
		}
		if (filter instanceof MetadataFilter.IsNull isNull) {
			return key(isNull.key()) + " IS NULL";
		}
		if (filter instanceof MetadataFilter.Contains contains) {
			return key(contains.key()) + " CONTAINS " + quoted(contains.text(), '\'');
		}
		return (filter instanceof MetadataFilter.Custom custom) ? "{" + custom.description() + "}" : "TRUE";
	}

	private static String negated(MetadataFilter filter) {
		if (filter instanceof MetadataFilter.Comparison comparison
				&& comparison.operator() == MetadataFilter.Operator.EQ) {
			return key(comparison.key()) + " != " + value(comparison.value());
		}
		if (filter instanceof MetadataFilter.In in) {
			return key(in.key()) + " NOT IN " + value(in.values());
		}
		if (filter instanceof MetadataFilter.IsNull isNull) {
			return key(isNull.key()) + " IS NOT NULL";
		}
		return "NOT " + nested(filter);
	}

	private static String joined(List<MetadataFilter> filters, String operator) {
		return filters.stream().map(FilterText::nested).collect(Collectors.joining(operator));
	}

	private static String nested(MetadataFilter filter) {
		boolean compound = filter instanceof MetadataFilter.And || filter instanceof MetadataFilter.Or;
		return compound ? "(" + of(filter) + ")" : of(filter);
	}

	private static String key(String key) {
		boolean plain = PLAIN.matcher(key).matches() && !KEYWORDS.contains(key.toUpperCase(Locale.ROOT));
		return plain ? key : quoted(key, '"');
	}

	private static String value(Object value) {
		if (value instanceof String text) {
			return quoted(text, '\'');
		}
		if (value instanceof List<?> list) {
			return list.stream().map(FilterText::value).collect(Collectors.joining(", ", "[", "]"));
		}
		if (value instanceof Long number) {
			return ((int) (long) number == number) ? number.toString() : number + "L";
		}
		if (value instanceof BigDecimal decimal) {
			boolean plain = Math.abs((long) decimal.scale()) + decimal.precision() <= PLAIN_DIGITS;
			return plain ? decimal.toPlainString() : decimal.toString();
		}
		if (value instanceof Instant instant) {
			return "TIMESTAMP '" + instant + "'";
		}
		return String.valueOf(value);
	}

	private static String quoted(String text, char quote) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				default -> quoted.append((c == quote || c == '\\') ? "\\" : "").append(c);
			}
		}
		return quoted.append(quote).toString();
	}

}
