package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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

	private final List<TenantDefinition> tenants = new ArrayList<>();

	private final Path directory;

	private final boolean inMemory;

	private final IndexProperties defaults;

	private final List<SnapvecIndexCustomizer> customizers;

	IndexDefinitions(SnapvecProperties properties, List<SnapvecIndexRegistrar> registrars,
			List<SnapvecIndexCustomizer> customizers) {
		this.directory = directory(properties.getDirectory());
		this.inMemory = properties.isInMemory();
		this.defaults = properties.getDefaults();
		this.customizers = customizers;
		properties.getTenants().forEach((name, own) -> this.tenants.add(createTenants(name, own)));
		SnapvecIndexRegistrar.Registry registry = (name, own) -> add(create(name, own));
		properties.getIndexes().forEach(registry::register);
		registrars.forEach((registrar) -> registrar.registerIndexes(registry));
		all().forEach(IndexDefinition::requireChangesToRecord);
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

	private static void requireUsable(String key, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidConfigurationPropertyValueException(key, name,
					"The name of an index is also the name of a directory; possible are letters, digits, - and _.");
		}
	}

	/** Defines an index, and does not show it to others yet. */
	IndexDefinition create(String name, IndexProperties own) {
		requireUsable(SnapvecProperties.INDEXES, name);
		if (this.definitions.containsKey(name)
				|| this.tenants.stream().anyMatch((tenants) -> tenants.template().name().equals(name))) {
			throw new IllegalStateException(String.format(Locale.ROOT, "there is an index '%s' already", name));
		}
		return create(SnapvecProperties.INDEXES, name, own);
	}

	private IndexDefinition create(String prefix, String name, IndexProperties own) {
		return new IndexDefinition(name, this.directory, this.inMemory,
				new InheritedSettings(prefix + "." + name, own, this.defaults), this.customizers);
	}

	private TenantDefinition createTenants(String name, TenantProperties own) {
		requireUsable(SnapvecProperties.TENANTS, name);
		return TenantDefinition.of(create(SnapvecProperties.TENANTS, name, own), own);
	}

	List<TenantDefinition> tenants() {
		return this.tenants;
	}

	void add(IndexDefinition definition) {
		this.definitions.put(definition.name(), definition);
	}

	Collection<IndexDefinition> all() {
		return this.definitions.values();
	}

}
