package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.snapvec.spring.boot.SnapvecIndexCustomizer;

/**
 * The indexes that the properties and the application define, by name.
 */
final class IndexDefinitions {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

	private final Map<String, IndexDefinition> definitions = new TreeMap<>();

	IndexDefinitions(SnapvecProperties properties, List<SnapvecIndexRegistrar> registrars,
			List<SnapvecIndexCustomizer> customizers) {
		Path directory = directory(properties.getDirectory());
		SnapvecIndexRegistrar.Registry registry = (name, own) -> {
			requireUsable(name);
			if (this.definitions.containsKey(name)) {
				throw new IllegalStateException("there is an index '%s' already".formatted(name));
			}
			InheritedSettings settings = new InheritedSettings(name, own, properties.getDefaults());
			this.definitions.put(name, new IndexDefinition(name, directory, settings, customizers));
		};
		properties.getIndexes().forEach(registry::register);
		registrars.forEach((registrar) -> registrar.registerIndexes(registry));
	}

	private static Path directory(String directory) {
		try {
			if (!directory.isBlank()) {
				return Path.of(directory);
			}
		}
		catch (InvalidPathException ex) {
			throw new InvalidConfigurationPropertyValueException(SnapvecProperties.DIRECTORY, directory,
					"It is not a path: " + ex.getReason() + ".", ex);
		}
		throw new InvalidConfigurationPropertyValueException(SnapvecProperties.DIRECTORY, directory,
				"It must not be empty.");
	}

	private static void requireUsable(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidConfigurationPropertyValueException(SnapvecProperties.INDEXES, name,
					"The name of an index is also the name of a directory; possible are letters, digits, - and _.");
		}
	}

	Collection<IndexDefinition> all() {
		return this.definitions.values();
	}

}
