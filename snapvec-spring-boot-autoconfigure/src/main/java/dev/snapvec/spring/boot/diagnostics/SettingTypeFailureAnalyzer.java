package dev.snapvec.spring.boot.diagnostics;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;

import dev.snapvec.spring.boot.autoconfigure.IndexProperties;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * Explains a value that is not of a property's type by what is expected, written as it is
 * in the configuration rather than in Java.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SettingTypeFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PropertyKeys.PREFIX);

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		Class<?> type = cause.getTarget().getType().resolve();
		if (property == null || type == null || !ROOT.isAncestorOf(cause.getName())
				|| findCause(cause, ConversionException.class) == null) {
			return null;
		}
		return new FailureAnalysis(
				String.format(Locale.ROOT,
						"Invalid value '%s' for configuration property '%s' (originating from '%s'). It must be %s.",
						property.getValue(), cause.getName(), property.getOrigin(), expected(type)),
				"Correct the value.", cause);
	}

	/** What a property of a type can be, as the configuration writes it. */
	static String expected(Class<?> type) {
		if (type.isEnum()) {
			return "one of " + values(type);
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		if (type == Duration.class) {
			return "a duration with its unit, such as 500ms, 10s, 5m, 2h or 1d";
		}
		if (type == Integer.class || type == int.class) {
			return "a whole number of at most " + Integer.MAX_VALUE;
		}
		if (type == Long.class || type == long.class) {
			return "a whole number of at most " + Long.MAX_VALUE;
		}
		return IndexProperties.class.isAssignableFrom(type) ? "an index, with its properties below it" : "a text";
	}

	/** The constants of an enum as the configuration writes them. */
	static String values(Class<?> type) {
		return Stream.of(type.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", "));
	}

}
