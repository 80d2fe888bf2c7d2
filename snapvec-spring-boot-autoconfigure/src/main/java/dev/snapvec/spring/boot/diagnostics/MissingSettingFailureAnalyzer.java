package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.WrittenName;
import dev.snapvec.spring.boot.config.WrittenNames;

/**
 * {@link AbstractFailureAnalyzer} for a required property that is not set, which Spring
 * Boot would report as an invalid value 'null'.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final Environment environment;

	MissingSettingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		if (cause.getValue() != null || !cause.getName().startsWith(PropertyKeys.PREFIX + ".")) {
			return null;
		}
		for (String parent : new String[] { PropertyKeys.INDEXES, PropertyKeys.TENANTS }) {
			for (WrittenName name : WrittenNames.below(parent, this.environment)) {
				if (cause.getName().startsWith(name.key() + ".")) {
					String key = cause.getName().substring(name.key().length() + 1);
					return analysis(cause, String.format(Locale.ROOT, "%s (%s)", name.key(), name.origin()), key);
				}
			}
		}
		return analysis(cause, "an index that the application registers", "dimension");
	}

	private static FailureAnalysis analysis(InvalidConfigurationPropertyValueException cause, String owner,
			String key) {
		return new FailureAnalysis(
				String.format(Locale.ROOT, "Configuration property '%s' is not set. %s%n%nThe index is %s.",
						cause.getName(), cause.getReason(), owner),
				String.format(Locale.ROOT, "Set it, or set %s.%s for all indexes that do not set their own.",
						PropertyKeys.DEFAULTS, key),
				cause);
	}

}
