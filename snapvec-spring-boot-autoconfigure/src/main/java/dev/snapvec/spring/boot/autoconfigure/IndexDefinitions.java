package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import dev.snapvec.spring.boot.SnapvecIndexCustomizer;

/**
 * The indexes that the properties and the application define, by name.
 */
final class IndexDefinitions {

	private final Map<String, IndexDefinition> definitions = new ConcurrentSkipListMap<>();

	private final List<TenantDefinition> tenants = new ArrayList<>();

	private final Path directory;

	private final boolean inMemory;

	private final IndexProperties defaults;

	private final List<SnapvecIndexCustomizer> customizers;

	IndexDefinitions(SnapvecProperties properties, Environment environment, List<SnapvecIndexRegistrar> registrars,
			List<SnapvecIndexCustomizer> customizers) {
		this.directory = IndexDirectory.of(properties.getDirectory());
		this.inMemory = properties.isInMemory();
		this.defaults = properties.getDefaults();
		this.customizers = customizers;
		WrittenNames.below(SnapvecProperties.TENANTS, environment)
			.select(properties.getTenants())
			.forEach((name, own) -> this.tenants.add(createTenants(name, own)));
		SnapvecIndexRegistrar.Registry registry = (name, own) -> add(create(name, own));
		WrittenNames.below(SnapvecProperties.INDEXES, environment)
			.select(properties.getIndexes())
			.forEach(registry::register);
		registrars.forEach((registrar) -> registrar.registerIndexes(registry));
		all().forEach(IndexDefinition::requireChangesToRecord);
	}

	private static void requireUsable(String key, String name) {
		IndexName.problem(name).ifPresent((problem) -> {
			throw new InvalidConfigurationPropertyValueException(key, name, Reason.of(problem));
		});
	}

	/** Defines an index, and does not show it to others yet. */
	IndexDefinition create(String name, IndexProperties own) {
		requireUsable(SnapvecProperties.INDEXES, name);
		names().filter(name::equalsIgnoreCase).findFirst().ifPresent((other) -> {
			throw new IllegalStateException(other.equals(name)
					? String.format(Locale.ROOT, "there is an index '%s' already", name)
					: String.format(Locale.ROOT,
							"there is an index '%s' already, whose directory '%s' would have where letter case does not count",
							other, name));
		});
		return create(SnapvecProperties.INDEXES, name, own);
	}

	private Stream<String> names() {
		return Stream.concat(this.definitions.keySet().stream(),
				this.tenants.stream().map((tenants) -> tenants.template().name()));
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
