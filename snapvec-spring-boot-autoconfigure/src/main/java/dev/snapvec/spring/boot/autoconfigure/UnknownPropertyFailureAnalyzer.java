package dev.snapvec.spring.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a property that no index has, by one that they have and that is written nearly
 * the same. Comes before Spring Boot's own, which knows of none.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> unknown = new ArrayList<>();
		List<String> suggestions = new ArrayList<>();
		List<String> known = new ArrayList<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			String name = property.getName().toString();
			String prefix = prefix(name);
			if (prefix == null) {
				return null;
			}
			known = keys(
					name.startsWith(SnapvecProperties.TENANTS + ".") ? TenantProperties.class : IndexProperties.class,
					"");
			unknown.add("%n    Property: %s%n    Value: \"%s\"%n    Origin: %s%n    Reason: an index does not have it"
				.formatted(name, property.getValue(), property.getOrigin()));
			nearest(name.substring(prefix.length()), known)
				.ifPresent((key) -> suggestions.add("Did you mean %s%s?".formatted(prefix, key)));
		}
		suggestions.add("An index can have: %s.".formatted(String.join(", ", known)));
		return new FailureAnalysis("Properties of indexes are unknown:%n%s".formatted(String.join("\n", unknown)),
				String.join("\n", suggestions), cause);
	}

	/** What comes before the index's own key; null if it is no property of an index. */
	private static @Nullable String prefix(String name) {
		if (name.startsWith(SnapvecProperties.DEFAULTS + ".")) {
			return SnapvecProperties.DEFAULTS + ".";
		}
		for (String named : List.of(SnapvecProperties.INDEXES + ".", SnapvecProperties.TENANTS + ".")) {
			int end = name.startsWith(named) ? name.indexOf('.', named.length()) : -1;
			if (end > 0) {
				return name.substring(0, end + 1);
			}
		}
		return null;
	}

	private static List<String> keys(Class<?> type, String prefix) {
		List<String> keys = new ArrayList<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			String key = prefix + DataObjectPropertyName.toDashedForm(property.getName());
			if (property.getWriteMethod() != null) {
				keys.add(key);
			}
			else if (property.getPropertyType().getEnclosingClass() == IndexProperties.class) {
				keys.addAll(keys(property.getPropertyType(), key + "."));
			}
		}
		return keys;
	}

	private static Optional<String> nearest(String key, List<String> known) {
		return known.stream()
			.min(Comparator.comparingInt((other) -> distance(key, other)))
			.filter((other) -> distance(key, other) <= Math.max(2, key.length() / 3));
	}

	/** Letters to insert, delete or replace (Levenshtein, 1966). */
	private static int distance(String one, String other) {
		int[] previous = new int[other.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int[] current = new int[other.length() + 1];
			current[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = previous[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[other.length()];
	}

}
