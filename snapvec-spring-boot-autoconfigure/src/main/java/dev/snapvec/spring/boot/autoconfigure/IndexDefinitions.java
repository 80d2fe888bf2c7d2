package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.config.IndexDirectory;
import dev.snapvec.spring.boot.config.IndexName;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.WrittenNames;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.tenant.TenantDefinition;

/**
 * The indexes that the properties and the application define at startup.
 */
final class IndexDefinitions {

	private final Map<String, IndexDefinition> definitions = new TreeMap<>();

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
		WrittenNames.below(PropertyKeys.TENANTS, environment)
			.select(properties.getTenants())
			.forEach((name, own) -> this.tenants.add(createTenants(name, own)));
		SnapvecIndexRegistrar.Registry registry = this::register;
		WrittenNames.below(PropertyKeys.INDEXES, environment)
			.select(properties.getIndexes())
			.forEach(registry::register);
		registrars.forEach((registrar) -> registrar.registerIndexes(registry));
	}

	private static void requireUsable(String key, String name) {
		IndexName.problem(name).ifPresent((problem) -> {
			throw new InvalidConfigurationPropertyValueException(key, name, Reason.of(problem));
		});
	}

	private void register(String name, IndexProperties own) {
		requireNew(name, this.definitions.keySet());
		DefinitionReader reader = reader(PropertyKeys.INDEXES, name, own);
		IndexDefinition definition = reader.read();
		reader.requireChangesToRecord();
		this.definitions.put(name, definition);
	}

	/**
	 * Defines an index while the application runs.
	 * @param taken the names of other indexes
	 */
	IndexDefinition create(String name, IndexProperties own, Collection<String> taken) {
		requireNew(name, taken);
		return reader(PropertyKeys.INDEXES, name, own).read();
	}

	private void requireNew(String name, Collection<String> taken) {
		requireUsable(PropertyKeys.INDEXES, name);
		Stream.concat(taken.stream(), templates().stream())
			.filter(name::equalsIgnoreCase)
			.findFirst()
			.ifPresent((other) -> {
				throw new IllegalStateException(other.equals(name)
						? String.format(Locale.ROOT, "an index '%s' already exists", name)
						: String.format(Locale.ROOT,
								"an index '%s' already exists, whose directory '%s' would share on a file system that ignores letter case",
								other, name));
			});
	}

	private DefinitionReader reader(String prefix, String name, IndexProperties own) {
		return new DefinitionReader(name, this.directory, this.inMemory,
				new InheritedSettings(prefix + "." + name, own, this.defaults), this.customizers);
	}

	private TenantDefinition createTenants(String name, TenantProperties own) {
		requireUsable(PropertyKeys.TENANTS, name);
		return reader(PropertyKeys.TENANTS, name, own).readTenants(own);
	}

	/** The names below {@code snapvec.tenants}. */
	List<String> templates() {
		return this.tenants.stream().map((tenants) -> tenants.template().name()).toList();
	}

	List<TenantDefinition> tenants() {
		return this.tenants;
	}

	Collection<IndexDefinition> all() {
		return this.definitions.values();
	}

}
