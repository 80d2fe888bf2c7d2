package dev.snapvec.spring.boot.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;

import dev.snapvec.spring.boot.autoconfigure.PropertyLevel;

/**
 * Reports an unknown property and suggests the closest known one. Comes before Spring
 * Boot's own analyzer, which makes no suggestions.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private static final Pattern LIST = Pattern.compile("snapvec\\.(indexes|tenants)\\[[0-9]+\\].*");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<String> unknown = new ArrayList<>();
		Set<String> suggestions = new LinkedHashSet<>();
		Set<String> possible = new LinkedHashSet<>();
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			String name = property.getName().toString();
			PropertyLevel level = PropertyLevel.of(name);
			if (level == null) {
				return null;
			}
			if (LIST.matcher(name).matches()) {
				suggestions
					.add("Indexes are not a list: write the name of each as a key, with its properties below it.");
			}
			boolean known = level.has(name);
			unknown.add(String.format(Locale.ROOT,
					"%n    Property: %s%n    Value: \"%s\"%n    Origin: %s%n    Reason: %s", name, property.getValue(),
					property.getOrigin(), known ? "its value is blank" : level.owner() + " has no such property"));
			if (known) {
				suggestions.add(String.format(Locale.ROOT, "Set %s to a value, or remove it.", name));
				continue;
			}
			level.nearest(name)
				.ifPresent((key) -> suggestions.add(String.format(Locale.ROOT, "Did you mean %s?", key)));
			possible.add(String.format(Locale.ROOT, "%s can have: %s.", StringUtils.capitalize(level.owner()),
					String.join(", ", level.keys())));
		}
		suggestions.addAll(possible);
		return new FailureAnalysis(String.format(Locale.ROOT, "%s:%n%s",
				possible.isEmpty() ? "Properties are blank" : "Properties are unknown", String.join("\n", unknown)),
				String.join("\n", suggestions), cause);
	}

}
