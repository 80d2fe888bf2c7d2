package dev.snapvec.spring.boot.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.CompositePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names below a key, as they are written. Names that are the same to Spring Boot are
 * one name here: all sources must write it in the same way, except environment variables,
 * which cannot.
 * <p>
 * Internal: not for applications.
 */
public final class WrittenNames implements Iterable<WrittenName> {

	private final Map<String, WrittenName> names = new LinkedHashMap<>();

	private final List<WrittenName> variables = new ArrayList<>();

	private final String parent;

	private WrittenNames(String parent) {
		this.parent = parent;
	}

	/**
	 * Reads the names from an environment.
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a name is not valid, or is written in two ways
	 */
	public static WrittenNames below(String parent, Environment environment) {
		WrittenNames names = new WrittenNames(parent);
		if (environment instanceof ConfigurableEnvironment configurable) {
			configurable.getPropertySources().forEach(names::read);
		}
		names.variables.forEach(names::addVariable);
		return names;
	}

	private void read(PropertySource<?> source) {
		if (source instanceof CompositePropertySource composite) {
			composite.getPropertySources().forEach(this::read);
		}
		else if (source instanceof EnumerablePropertySource<?> enumerable
				&& !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
			boolean variables = isEnvironment(source);
			for (String key : enumerable.getPropertyNames()) {
				read(key, source, variables);
			}
		}
	}

	/** Decides as Spring Boot does. */
	private static boolean isEnvironment(PropertySource<?> source) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return source instanceof SystemEnvironmentPropertySource
				&& (source.getName().equals(name) || source.getName().endsWith("-" + name));
	}

	private void read(String key, PropertySource<?> source, boolean variables) {
		if (variables && key.indexOf('.') < 0) {
			WrittenName variable = WrittenName.ofVariable(this.parent, key, PropertySourceOrigin.get(source, key));
			if (variable != null) {
				this.variables.add(variable);
			}
			return;
		}
		WrittenName name = WrittenName.ofKey(this.parent, key, PropertySourceOrigin.get(source, key));
		if (name != null) {
			name.requireUsable();
			WrittenName same = this.names.putIfAbsent(name.uniform(), name);
			if (same != null) {
				same.requireSame(name);
			}
		}
	}

	private void addVariable(WrittenName variable) {
		WrittenName meant = this.names.values()
			.stream()
			.filter((name) -> !name.variable() && variable.means(name))
			.findFirst()
			.orElse(null);
		if (meant != null) {
			meant.requireSame(variable);
		}
		else {
			variable.requireUsable();
			this.names.putIfAbsent(variable.uniform(), variable);
		}
	}

	@Override
	public Iterator<WrittenName> iterator() {
		return this.names.values().iterator();
	}

	/** Rejects a name that others contain too. */
	public void requireOthersThan(WrittenNames others) {
		this.names.forEach((uniform, name) -> {
			WrittenName same = others.names.get(uniform);
			if (same != null) {
				throw name.invalid(String.format(Locale.ROOT,
						"the name of an index is also the name of a bean and of a directory, but %s (%s)"
								+ " and %s (%s) would share both; rename one of them",
						name.key(), name.origin(), same.key(), same.origin()));
			}
		});
	}

	/**
	 * Selects from bound values, which may contain a name in several forms, each once and
	 * by the name that is written.
	 */
	public <T> Map<String, T> select(Map<String, T> bound) {
		Map<String, T> selected = new LinkedHashMap<>();
		bound.forEach((name, value) -> {
			WrittenName written = this.names.get(IndexName.uniform(name));
			if (written != null) {
				selected.putIfAbsent(written.value(), value);
			}
			else if (!isVariable(name)) {
				selected.put(name, value);
			}
		});
		return selected;
	}

	/**
	 * Whether it is the beginning of a name whose dashes a variable contains as
	 * underscores.
	 */
	private boolean isVariable(@Nullable String name) {
		return this.variables.stream().anyMatch((variable) -> variable.value().equals(name));
	}

}
