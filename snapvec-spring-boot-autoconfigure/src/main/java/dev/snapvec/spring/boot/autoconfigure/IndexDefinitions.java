package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.snapvec.spring.boot.SnapvecIndexCustomizer;

/**
 * The indexes that the properties and the application define, by name.
 */
final class IndexDefinitions {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

	private final Map<String, IndexDefinition> definitions = new ConcurrentSkipListMap<>();

	private final Path directory;

	private final IndexProperties defaults;

	private final List<SnapvecIndexCustomizer> customizers;

	IndexDefinitions(SnapvecProperties properties, List<SnapvecIndexRegistrar> registrars,
			List<SnapvecIndexCustomizer> customizers) {
		this.directory = directory(properties.getDirectory());
		this.defaults = properties.getDefaults();
		this.customizers = customizers;
		SnapvecIndexRegistrar.Registry registry = (name, own) -> add(create(name, own));
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

	/** Defines an index, and does not show it to others yet. */
	IndexDefinition create(String name, IndexProperties own) {
		requireUsable(name);
		if (this.definitions.containsKey(name)) {
			throw new IllegalStateException("there is an index '%s' already".formatted(name));
		}
		return new IndexDefinition(name, this.directory, new InheritedSettings(name, own, this.defaults),
				this.customizers);
	}

	void add(IndexDefinition definition) {
		this.definitions.put(definition.name(), definition);
	}

	Collection<IndexDefinition> all() {
		return this.definitions.values();
	}

}
