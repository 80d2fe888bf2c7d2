package dev.snapvec.spring.boot.autoconfigure;

import java.util.function.Function;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.config.BeanNameCheck;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.WrittenNames;
import dev.snapvec.spring.boot.tenant.ConfiguredTenants;

/**
 * Registers a bean for each name below {@code snapvec.indexes} and
 * {@code snapvec.tenants}, so that an index can be injected by its name. The registry
 * stays the only one that makes indexes.
 * <p>
 * It comes before everything else that reads the properties, so this is where those that
 * there are not are refused: a slip in {@code restore.on-failure} must not show only once
 * a file is damaged.
 */
class SafeIndexRegistrar implements BeanRegistrar {

	private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		WrittenNames indexes = WrittenNames.below(PropertyKeys.INDEXES, environment);
		WrittenNames tenants = WrittenNames.below(PropertyKeys.TENANTS, environment);
		indexes.requireOthersThan(tenants);
		WrittenValues.require(environment);
		Binder binder = Binder.get(environment, new NoUnboundElementsBindHandler(
				new IgnoreTopLevelConverterNotFoundBindHandler(), new UnboundElementsSourceFilter()));
		SnapvecProperties properties = binder.bind(PropertyKeys.PREFIX, SnapvecProperties.class)
			.orElseGet(SnapvecProperties::new);
		indexes.select(properties.getIndexes())
			.keySet()
			.forEach((name) -> register(registry, PropertyKeys.INDEXES, name, SafeIndex.class,
					(context) -> get(context.bean(SnapvecIndexes.class), name)));
		tenants.select(properties.getTenants()).keySet().forEach((name) -> registerTenants(registry, name));
	}

	/** A context whose parent has indexes has those, as one that brings its own does. */
	private static SafeIndex get(SnapvecIndexes indexes, String name) {
		try {
			return indexes.get(name);
		}
		catch (NoSuchIndexException ex) {
			throw new InvalidConfigurationPropertyValueException(PropertyKeys.INDEXES, name,
					"The bean of type SnapvecIndexes, which is the application's own or that of a parent context, does not"
							+ " have it; configure it where that bean is.");
		}
	}

	private static void registerTenants(BeanRegistry registry, String name) {
		if (!ClassUtils.isPresent(CAFFEINE, null)) {
			throw new InvalidConfigurationPropertyValueException(PropertyKeys.TENANTS, name,
					"Tenants need Caffeine (com.github.ben-manes.caffeine:caffeine), which is not on the class path.");
		}
		register(registry, PropertyKeys.TENANTS, name, SnapvecTenants.class,
				(context) -> context.bean(ConfiguredTenants.class).get(name));
	}

	private static <T> void register(BeanRegistry registry, String key, String name, Class<T> type,
			Function<BeanRegistry.SupplierContext, T> supplier) {
		try {
			registry.registerBean(name, type, (spec) -> spec.supplier(supplier));
		}
		catch (BeanDefinitionOverrideException ex) {
			throw new InvalidConfigurationPropertyValueException(key, name,
					"The name of an index is also the name of a bean, and there is another one, defined in "
							+ BeanNameCheck.describe(ex.getExistingDefinition())
							+ "; rename the index, or the class, or give the class a bean name of its own.");
		}
	}

}
