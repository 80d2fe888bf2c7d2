package dev.snapvec.spring.boot.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

import dev.snapvec.spring.boot.autoconfigure.IndexProperties;
import dev.snapvec.spring.boot.autoconfigure.SnapvecProperties;
import dev.snapvec.spring.boot.autoconfigure.TenantProperties;
import dev.snapvec.spring.boot.config.KnownKeys;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * Explains a property that there is not, by one that there is and that is written nearly
 * the same. Comes before Spring Boot's own, which knows of none.
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
			Level level = Level.of(name);
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
					property.getOrigin(), known ? "what it is set to is blank" : level.owner + " does not have it"));
			if (known) {
				suggestions.add(String.format(Locale.ROOT, "Set %s to a value, or leave it out.", name));
				continue;
			}
			level.nearest(name)
				.ifPresent((key) -> suggestions.add(String.format(Locale.ROOT, "Did you mean %s?", key)));
			possible.add(String.format(Locale.ROOT, "%s can have: %s.", StringUtils.capitalize(level.owner),
					String.join(", ", level.keys)));
		}
		suggestions.addAll(possible);
		return new FailureAnalysis(String.format(Locale.ROOT, "%s:%n%s",
				possible.isEmpty() ? "Properties are blank" : "Properties are unknown", String.join("\n", unknown)),
				String.join("\n", suggestions), cause);
	}

	/**
	 * Where a property is, and which ones there are.
	 */
	record Level(String owner, String prefix, List<String> keys) {

		static @Nullable Level of(String name) {
			String defaults = PropertyKeys.DEFAULTS + ".";
			if (name.startsWith(defaults)) {
				return new Level("an index", defaults, KnownKeys.of(IndexProperties.class, ""));
			}
			Level level = ofNamed(name, PropertyKeys.INDEXES + ".", IndexProperties.class);
			if (level == null) {
				level = ofNamed(name, PropertyKeys.TENANTS + ".", TenantProperties.class);
			}
			if (level != null) {
				return level;
			}
			String all = PropertyKeys.PREFIX + ".";
			return name.startsWith(all) ? new Level(PropertyKeys.PREFIX, all, KnownKeys.of(SnapvecProperties.class, ""))
					: null;
		}

		private static @Nullable Level ofNamed(String name, String parent, Class<?> type) {
			int end = name.startsWith(parent) ? name.indexOf('.', parent.length()) : -1;
			return (end > 0) ? new Level("an index", name.substring(0, end + 1), KnownKeys.of(type, "")) : null;
		}

		/** Whether it is one of them, in whatever form Spring Boot takes. */
		boolean has(String name) {
			String key = uniform(name.substring(this.prefix.length()));
			return this.keys.stream().anyMatch((known) -> uniform(known).equals(key));
		}

		private static String uniform(String key) {
			return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
		}

		/** A slip may be in what comes before other keys. */
		Optional<String> nearest(String name) {
			String key = name.substring(this.prefix.length());
			int dot = key.indexOf('.');
			return nearestKey(key).or(() -> (dot > 0) ? nearestKey(key.substring(0, dot)) : Optional.empty())
				.map((known) -> this.prefix + known);
		}

		private Optional<String> nearestKey(String key) {
			return this.keys.stream()
				.min(Comparator.comparingInt((other) -> KnownKeys.distance(key, other)))
				.filter((other) -> KnownKeys.distance(key, other) <= Math.max(2, key.length() / 3));
		}

	}

}
