package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.snapvec.spring.boot.config.KnownKeys;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.WrittenName;
import dev.snapvec.spring.boot.config.WrittenNames;

/**
 * Logs environment variables that look like properties of indexes but set none, and
 * suggests the closest known one. Unknown keys elsewhere are rejected; the environment is
 * shared with other software, which may have variables of that kind.
 */
final class UnknownEnvironmentVariables {

	private static final Log logger = LogFactory.getLog(UnknownEnvironmentVariables.class);

	private static final String PREFIX = "SNAPVEC_";

	private static final String DEFAULTS = "DEFAULTS_";

	private static final String INDEXES = "INDEXES_";

	private static final String TENANTS = "TENANTS_";

	private UnknownEnvironmentVariables() {
	}

	static void warn(Environment environment) {
		for (String variable : variables(environment)) {
			unknown(variable.substring(PREFIX.length()).toUpperCase(Locale.ROOT), environment)
				.ifPresent((near) -> logger
					.warn(String.format(Locale.ROOT, "Environment variable %s sets no property of an index%s", variable,
							near.isEmpty() ? "" : "; did you mean " + PREFIX + near + "?")));
		}
	}

	private static TreeSet<String> variables(Environment environment) {
		TreeSet<String> variables = new TreeSet<>();
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source instanceof SystemEnvironmentPropertySource system) {
					for (String name : system.getPropertyNames()) {
						if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX)) {
							variables.add(name);
						}
					}
				}
			}
		}
		return variables;
	}

	/** The closest known variable, "" if there is none, or empty if it is known. */
	private static Optional<String> unknown(String variable, Environment environment) {
		if (variable.startsWith(DEFAULTS)) {
			return whole(DEFAULTS, variable, IndexProperties.class);
		}
		if (variable.startsWith(INDEXES)) {
			return named(INDEXES, variable, IndexProperties.class, names(PropertyKeys.INDEXES, environment));
		}
		if (variable.startsWith(TENANTS)) {
			return named(TENANTS, variable, TenantProperties.class, names(PropertyKeys.TENANTS, environment));
		}
		return whole("", variable, SnapvecProperties.class);
	}

	private static Optional<String> whole(String prefix, String variable, Class<?> type) {
		String key = variable.substring(prefix.length());
		for (String known : keys(type)) {
			if (isSame(key, known)) {
				return Optional.empty();
			}
		}
		return Optional.of(nearest(key, type, prefix));
	}

	/** The names that another source writes with their dashes and underscores. */
	private static Set<String> names(String parent, Environment environment) {
		Set<String> names = new TreeSet<>();
		for (WrittenName name : WrittenNames.below(parent, environment)) {
			if (!name.variable()) {
				names.add(name.value().replace('-', '_').toUpperCase(Locale.ROOT));
			}
		}
		return names;
	}

	/**
	 * It is not known where a name ends, because names may contain underscores; but names
	 * that no other source writes end at the first.
	 */
	private static Optional<String> named(String prefix, String variable, Class<?> type, Set<String> names) {
		String nameAndKey = variable.substring(prefix.length());
		String best = null;
		int shortest = Integer.MAX_VALUE;
		for (int end = nameAndKey.indexOf('_'); end > 0; end = nameAndKey.indexOf('_', end + 1)) {
			String key = nameAndKey.substring(end + 1);
			String name = nameAndKey.substring(0, end);
			boolean one = name.indexOf('_') < 0 || names.contains(name);
			for (String known : keys(type)) {
				if (isSame(key, known)) {
					return one ? Optional.empty() : Optional.of(prefix + name.replace("_", "") + "_" + uniform(known));
				}
				int distance = KnownKeys.distance(key, uniform(known));
				if (isNear(distance, key) && distance < shortest) {
					shortest = distance;
					best = prefix + nameAndKey.substring(0, end + 1) + uniform(known);
				}
			}
		}
		return Optional.of((best != null) ? best : "");
	}

	private static String nearest(String key, Class<?> type, String prefix) {
		@Nullable String best = null;
		int shortest = Integer.MAX_VALUE;
		for (String known : keys(type)) {
			int distance = KnownKeys.distance(key, uniform(known));
			if (isNear(distance, key) && distance < shortest) {
				shortest = distance;
				best = prefix + uniform(known);
			}
		}
		return (best != null) ? best : "";
	}

	private static boolean isNear(int distance, String key) {
		return distance <= Math.max(2, key.length() / 3);
	}

	private static List<String> keys(Class<?> type) {
		return KnownKeys.of(type, "");
	}

	/**
	 * Spring Boot accepts variables that omit hyphens or replace them with underscores.
	 */
	private static boolean isSame(String key, String known) {
		return key.equals(uniform(known))
				|| key.equals(known.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
	}

	private static String uniform(String key) {
		return key.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

}
