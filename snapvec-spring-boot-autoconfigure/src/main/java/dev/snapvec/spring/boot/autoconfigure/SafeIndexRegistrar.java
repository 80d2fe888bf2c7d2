package dev.snapvec.spring.boot.autoconfigure;

import java.util.Collections;
import java.util.Map;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * Registers a bean for each name below {@code snapvec.indexes}, so that an index can be
 * injected by its name. The registry stays the only one that makes indexes.
 * <p>
 * It comes before everything else that reads the properties, so this is where those that
 * an index does not have are refused: a slip in {@code restore.on-failure} must not show
 * only once a file is damaged.
 */
class SafeIndexRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		Binder binder = Binder.get(environment, new NoUnboundElementsBindHandler(
				new IgnoreTopLevelConverterNotFoundBindHandler(), new UnboundElementsSourceFilter()));
		binder.bind(SnapvecProperties.DEFAULTS, IndexProperties.class);
		Map<String, IndexProperties> indexes = binder
			.bind(SnapvecProperties.INDEXES, Bindable.mapOf(String.class, IndexProperties.class))
			.orElse(Collections.emptyMap());
		indexes.keySet().forEach((name) -> register(registry, name));
	}

	private static void register(BeanRegistry registry, String name) {
		try {
			registry.registerBean(name, SafeIndex.class,
					(spec) -> spec.supplier((context) -> context.bean(SnapvecIndexes.class).get(name)));
		}
		catch (BeanDefinitionOverrideException ex) {
			throw new InvalidConfigurationPropertyValueException(SnapvecProperties.INDEXES, name,
					"The name of an index is also the name of a bean, and there is another one, defined in "
							+ ex.getExistingDefinition().getResourceDescription() + "; rename one of them.");
		}
	}

}
