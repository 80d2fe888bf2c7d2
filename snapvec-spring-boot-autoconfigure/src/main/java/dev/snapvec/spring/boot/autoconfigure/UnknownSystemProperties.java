package dev.snapvec.spring.boot.autoconfigure;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Logs system properties ({@code -Dsnapvec.…}) that set no property, as
 * {@link UnknownEnvironmentVariables} does for variables: Spring Boot does not reject
 * them, because other software may have set them.
 */
final class UnknownSystemProperties {

	private static final Log logger = LogFactory.getLog(UnknownSystemProperties.class);

	/** System properties that the engine reads itself. */
	private static final Set<String> OF_THE_ENGINE = Set.of("snapvec.kernel");

	private UnknownSystemProperties() {
	}

	static void warn(Environment environment) {
		for (String property : properties(environment)) {
			PropertyLevel level = PropertyLevel.of(property);
			if (level != null && !level.has(property)) {
				logger.warn(String.format(Locale.ROOT, "System property %s sets no property of an index%s", property,
						level.nearest(property).map((key) -> "; did you mean " + key + "?").orElse("")));
			}
		}
	}

	private static Set<String> properties(Environment environment) {
		Set<String> properties = new TreeSet<>();
		PropertySource<?> source = (environment instanceof ConfigurableEnvironment configurable)
				? configurable.getPropertySources().get(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
				: null;
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				if (!name.contains("[") && !OF_THE_ENGINE.contains(name)) {
					properties.add(name);
				}
			}
		}
		return properties;
	}

}
