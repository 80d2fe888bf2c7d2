package dev.snapvec.documents;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** The reference semantics of filters; any other evaluation must agree with it. */
final class FilterEvaluator {

	private FilterEvaluator() {
	}

	static boolean matches(MetadataFilter filter, Map<String, ?> metadata) {
		if (filter instanceof MetadataFilter.And and) {
			return and.filters().stream().allMatch(each -> matches(each, metadata));
		}
		if (filter instanceof MetadataFilter.Or or) {
			return or.filters().stream().anyMatch(each -> matches(each, metadata));
		}
		if (filter instanceof MetadataFilter.Not not) {
			return !matches(not.filter(), metadata);
		}
		if (filter instanceof MetadataFilter.Comparison comparison) {
			return matches(comparison, metadata.get(comparison.key()));
		}
		if (filter instanceof MetadataFilter.In in) {
			return matches(in, metadata.get(in.key()));
		}
		if (filter instanceof MetadataFilter.IsNull isNull) {
			return metadata.get(isNull.key()) == null;
		}
		if (filter instanceof MetadataFilter.Contains contains) {
			return anyElement(MetadataValue.of(metadata.get(contains.key())),
					element -> element instanceof String text && text.contains(contains.text()));
		}
		if (filter instanceof MetadataFilter.Custom custom) {
			return custom.predicate().test(metadata);
		}
		return true;
	}

	private static boolean matches(MetadataFilter.Comparison comparison, @Nullable Object raw) {
		Object value = MetadataValue.of(raw);
		Object expected = comparison.value();
		if (expected instanceof List<?>) {
			return comparison.operator() == MetadataFilter.Operator.EQ && value instanceof List<?>
					&& MetadataValue.equal(value, expected);
		}
		return anyElement(value, element -> {
			OptionalInt order = MetadataValue.compare(element, expected);
			return order.isPresent() && comparison.operator().accepts(order.getAsInt());
		});
	}

	private static boolean matches(MetadataFilter.In in, @Nullable Object raw) {
		Object value = MetadataValue.of(raw);
		if (value == null) {
			return false;
		}
		for (Object expected : in.values()) {
			boolean found = (expected instanceof List<?>)
					? value instanceof List<?> && MetadataValue.equal(value, expected)
					: anyElement(value, element -> MetadataValue.equal(element, expected));
			if (found) {
				return true;
			}
		}
		return false;
	}

	private static boolean anyElement(@Nullable Object value, Predicate<Object> condition) {
		if (value instanceof List<?> list) {
			return list.stream().anyMatch(condition);
		}
		return value != null && condition.test(value);
	}

}
