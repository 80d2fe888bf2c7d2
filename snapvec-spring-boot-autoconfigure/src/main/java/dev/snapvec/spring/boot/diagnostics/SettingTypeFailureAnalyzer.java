package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;

import dev.snapvec.spring.boot.autoconfigure.ExpectedValue;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * {@link AbstractFailureAnalyzer} for a value that does not have the type of its
 * property. Describes the expected value as the configuration writes it, rather than
 * Java.
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
						property.getValue(), cause.getName(), property.getOrigin(), ExpectedValue.of(type)),
				"Correct the value.", cause);
	}

}
