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
 * {@code snapvec.tenants}, so that an index can be injected by its name. The bean of type
 * {@link SnapvecIndexes} still creates all indexes.
 * <p>
 * Rejects unknown keys early, before anything else reads the properties: a typo in
 * {@code restore.on-failure} must fail the start, not surface when a file is corrupt.
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

	/**
	 * A context uses the indexes of its parent, or those of a bean of its own, if there
	 * are any.
	 */
	private static SafeIndex get(SnapvecIndexes indexes, String name) {
		try {
			return indexes.get(name);
		}
		catch (NoSuchIndexException ex) {
			throw new InvalidConfigurationPropertyValueException(PropertyKeys.INDEXES, name,
					"The bean of type SnapvecIndexes, which is the application's own or that of a parent context, does not"
							+ " contain it; configure it where that bean is.");
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
					"The name of an index is also the name of a bean, but this one is taken: a bean of this name is defined in "
							+ BeanNameCheck.describe(ex.getExistingDefinition())
							+ "; rename the index, or the class, or give the class another bean name.");
		}
	}

}
