package dev.snapvec.spring.boot.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Refuses names of indexes that other beans have, or that Spring looks a bean up by: an
 * index in the place of a message source stops an application far from its cause.
 * <p>
 * Internal: not for applications.
 */
public class BeanNameCheck implements ImportBeanDefinitionRegistrar {

	/** What a context, its web support and common auto-configurations look up by name. */
	private static final Set<String> LOOKED_UP = Set.of("messageSource", "applicationEventMulticaster",
			"lifecycleProcessor", "conversionService", "loadTimeWeaver", "bootstrapExecutor", "environment",
			"systemProperties", "systemEnvironment", "applicationStartup", "applicationAvailability",
			"applicationTaskExecutor", "taskExecutor", "taskScheduler", "integrationConversionService",
			"integrationEvaluationContext", "dispatcherServlet", "dispatcherServletRegistration", "multipartResolver",
			"localeResolver", "themeResolver", "handlerMapping", "handlerAdapter", "handlerExceptionResolver",
			"viewNameTranslator", "viewResolver", "flashMapManager", "webHandler", "httpHandler", "webExceptionHandler",
			"localeContextResolver", "springSecurityFilterChain", "characterEncodingFilter", "errorPageFilter", "error",
			"cacheManager", "cacheResolver", "keyGenerator", "dataSource", "jdbcTemplate", "entityManagerFactory",
			"transactionManager", "meterRegistry", "observationRegistry", "jsonMapper", "mbeanServer", "mbeanExporter",
			"validator", "mvcConversionService", "mvcValidator");

	private static final Pattern OWN = Pattern.compile("snapvec[A-Z].*");

	private final Environment environment;

	BeanNameCheck(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		for (String parent : new String[] { PropertyKeys.INDEXES, PropertyKeys.TENANTS }) {
			for (WrittenName name : WrittenNames.below(parent, this.environment)) {
				String other = other(name.value(), registry);
				if (other != null) {
					throw name.invalid(String.format(Locale.ROOT,
							"the name of an index is also the name of a bean, and there is another one, %s; rename the index, or the class, or give the class a bean name of its own (%s)",
							other, name.origin()));
				}
			}
		}
	}

	/** Describes the bean that has a name, if there is one. */
	private static @Nullable String other(String name, BeanDefinitionRegistry registry) {
		if (LOOKED_UP.contains(name)) {
			return String.format(Locale.ROOT, "which Spring looks up by the name '%s'", name);
		}
		if (OWN.matcher(name).matches()) {
			return "as names that begin with 'snapvec' and a capital letter are those of the starter's own beans";
		}
		if (registry.containsBeanDefinition(name)) {
			return "defined in " + describe(registry.getBeanDefinition(name));
		}
		if (registry instanceof SingletonBeanRegistry singletons && singletons.containsSingleton(name)) {
			Object singleton = singletons.getSingleton(name);
			return "of type " + ((singleton != null) ? singleton.getClass().getName() : "unknown");
		}
		return registry.isAlias(name)
				? String.format(Locale.ROOT, "of which it is an alias: '%s'", canonical(name, registry)) : null;
	}

	public static String describe(BeanDefinition definition) {
		String resource = definition.getResourceDescription();
		return (resource != null) ? resource : "code, of type " + definition.getBeanClassName();
	}

	private static String canonical(String alias, BeanDefinitionRegistry registry) {
		for (String name : registry.getBeanDefinitionNames()) {
			if (Set.of(registry.getAliases(name)).contains(alias)) {
				return name;
			}
		}
		return alias;
	}

}
