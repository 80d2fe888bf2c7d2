package dev.snapvec.spring.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * The values of properties as they are written. Rejects, before binding, what Spring Boot
 * would explain by Java classes, report as unknown although it is known, or convert to
 * something else: a value where properties are expected, none where one is, a fraction
 * for a whole number, a number for a word.
 */
final class WrittenValues {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PropertyKeys.PREFIX);

	/** Sources in which other software may have set keys for itself. */
	private static final Set<String> SHARED = Set.of(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
			StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

	private static final Map<String, Class<?>> OF_ALL = keys(SnapvecProperties.class);

	private static final Map<String, Class<?>> OF_INDEXES = keys(IndexProperties.class);

	private static final Map<String, Class<?>> OF_TENANTS = keys(TenantProperties.class);

	private final Map<ConfigurationPropertyName, ConfigurationProperty> values = new LinkedHashMap<>();

	private final Set<ConfigurationPropertyName> parents = new LinkedHashSet<>();

	private WrittenValues(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.filter((name) -> ROOT.equals(name) || ROOT.isAncestorOf(name))
					.forEach((name) -> add(iterable, name));
			}
		}
	}

	/** The first source wins if a property is set in several. */
	private void add(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		if (property != null && this.values.putIfAbsent(name, property) == null) {
			for (ConfigurationPropertyName parent = name.getParent(); ROOT.isAncestorOf(parent)
					|| ROOT.equals(parent); parent = parent.getParent()) {
				this.parents.add(parent);
			}
		}
	}

	/**
	 * Rejects values that cannot be bound.
	 * @throws InvalidConfigurationPropertyValueException if there is such a value
	 */
	static void require(Environment environment) {
		WrittenValues written = new WrittenValues(environment);
		written.values.forEach(written::require);
	}

	private void require(ConfigurationPropertyName name, ConfigurationProperty property) {
		Object value = Objects.requireNonNullElse(property.getValue(), "");
		boolean blank = value.toString().isBlank();
		if (ROOT.equals(name)) {
			require(!(blank ? this.parents.contains(name) : !isShared(property)), name, value, below(OF_ALL));
			return;
		}
		int start = 1;
		Map<String, Class<?>> keys = OF_ALL;
		String first = name.getElement(1, Form.UNIFORM);
		if (first.equals("defaults")) {
			start = 2;
			keys = OF_INDEXES;
		}
		else if (first.equals("indexes") || first.equals("tenants")) {
			start = 3;
			keys = first.equals("indexes") ? OF_INDEXES : OF_TENANTS;
		}
		require(name, property, value, start, keys);
	}

	private void require(ConfigurationPropertyName name, ConfigurationProperty property, Object value, int start,
			Map<String, Class<?>> keys) {
		int elements = name.getNumberOfElements();
		boolean blank = value.toString().isBlank();
		if (elements < start) {
			require(false, name, value, "names of indexes belong below it, each with its properties");
		}
		else if (elements == start) {
			boolean valid = start == 3 && (blank ? !this.parents.contains(name) : isShared(property));
			require(valid, name, value,
					name.isNumericIndex(start - 1)
							? "indexes are not a list: write the name of each as a key, with its properties below it"
							: below(keys));
		}
		else {
			requireKey(name, property, value, start, keys);
		}
	}

	private static void requireKey(ConfigurationPropertyName name, ConfigurationProperty property, Object value,
			int start, Map<String, Class<?>> keys) {
		StringBuilder key = new StringBuilder();
		int last = name.getNumberOfElements() - 1;
		for (int i = start; i <= last; i++) {
			key.append(key.isEmpty() ? "" : ".").append(name.getElement(i, Form.UNIFORM));
			Class<?> type = type(keys, key.toString());
			if (type != null && i == last) {
				requireValue(name, value, type);
			}
			else if (type != null) {
				require(isShared(property), name, value, String.format(Locale.ROOT,
						"there must be nothing below %s, which must be %s", name.chop(i + 1), ExpectedValue.of(type)));
			}
		}
		Map<String, Class<?>> below = new TreeMap<>();
		keys.forEach((other, type) -> {
			if (uniform(other).startsWith(key + ".")) {
				below.put(other.substring(other.indexOf('.') + 1), type);
			}
		});
		require(below.isEmpty(), name, value, below(below));
	}

	private static @Nullable Class<?> type(Map<String, Class<?>> keys, String uniform) {
		for (Map.Entry<String, Class<?>> key : keys.entrySet()) {
			if (uniform(key.getKey()).equals(uniform)) {
				return key.getValue();
			}
		}
		return null;
	}

	private static String uniform(String key) {
		return key.replace("-", "");
	}

	private static void requireValue(ConfigurationPropertyName name, Object value, Class<?> type) {
		if (type == String.class) {
			return; // checked where it is used
		}
		String expected = ExpectedValue.of(type);
		require(!value.toString().isBlank(), name, value,
				"it must not be blank: write " + expected + ", or remove the key");
		boolean fraction = (value instanceof Double || value instanceof Float)
				&& ((Number) value).doubleValue() != Math.rint(((Number) value).doubleValue());
		boolean whole = ClassUtils.isAssignable(Number.class, type);
		require(!(fraction && whole) && !(type.isEnum() && value instanceof Number), name, value,
				"it must be " + expected);
	}

	private static String below(Map<String, Class<?>> keys) {
		return "it must not have a value of its own; write its properties below it, or remove the key: "
				+ keys.keySet().stream().sorted().collect(Collectors.joining(", "));
	}

	private static boolean isShared(ConfigurationProperty property) {
		ConfigurationPropertySource source = property.getSource();
		return source != null && source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& SHARED.contains(underlying.getName());
	}

	private static void require(boolean valid, ConfigurationPropertyName name, @Nullable Object value, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(name.toString(), value, Reason.of(reason));
		}
	}

	/** All keys with the types of their values, including those of nested types. */
	private static Map<String, Class<?>> keys(Class<?> type) {
		Map<String, Class<?>> keys = new TreeMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			String key = DataObjectPropertyName.toDashedForm(property.getName());
			Class<?> of = property.getPropertyType();
			if (property.getWriteMethod() == null && of.isMemberClass()) {
				keys(of).forEach((inner, value) -> keys.put(key + "." + inner, value));
			}
			else if (of != Class.class) {
				keys.put(key, of);
			}
		}
		return keys;
	}

}
