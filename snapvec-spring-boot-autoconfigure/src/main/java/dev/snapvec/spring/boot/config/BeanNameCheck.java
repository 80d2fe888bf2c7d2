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
 * Rejects names of indexes that are also names of other beans, or by which Spring looks
 * up a bean: an index in place of a message source fails the application far from the
 * cause.
 * <p>
 * Internal: not for applications.
 */
public class BeanNameCheck implements ImportBeanDefinitionRegistrar {

	/**
	 * Names by which a context, its web support and common auto-configurations look up
	 * beans.
	 */
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
							"the name of an index is also the name of a bean, but this one is taken: %s; rename the index, or the class, or give the class another bean name (%s)",
							other, name.origin()));
				}
			}
		}
	}

	/** Tells by what a name is taken; null if it is free. */
	private static @Nullable String other(String name, BeanDefinitionRegistry registry) {
		if (LOOKED_UP.contains(name)) {
			return String.format(Locale.ROOT, "Spring looks up a bean by the name '%s'", name);
		}
		if (OWN.matcher(name).matches()) {
			return "names that begin with 'snapvec' and a capital letter are reserved for the starter's own beans";
		}
		if (registry.containsBeanDefinition(name)) {
			return "a bean of this name is defined in " + describe(registry.getBeanDefinition(name));
		}
		if (registry instanceof SingletonBeanRegistry singletons && singletons.containsSingleton(name)) {
			Object singleton = singletons.getSingleton(name);
			return "a bean of this name is of type "
					+ ((singleton != null) ? singleton.getClass().getName() : "unknown");
		}
		return registry.isAlias(name)
				? String.format(Locale.ROOT, "it is an alias of the bean '%s'", canonical(name, registry)) : null;
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
