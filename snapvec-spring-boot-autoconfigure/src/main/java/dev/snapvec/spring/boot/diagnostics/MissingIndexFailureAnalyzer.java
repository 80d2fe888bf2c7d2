package dev.snapvec.spring.boot.diagnostics;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.config.IndexName;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.Switch;
import dev.snapvec.spring.boot.config.WrittenNames;

/**
 * {@link AbstractInjectionFailureAnalyzer} for an injection point that requires an index
 * that is not configured, or one of several without naming it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingIndexFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beanFactory;

	private final Environment environment;

	MissingIndexFailureAnalyzer(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType resolvable = cause.getResolvableType();
		Class<?> type = (resolvable != null) ? resolvable.resolve() : null;
		if (type == null) {
			return null;
		}
		String consumer = (description != null) ? description : "The application";
		if (VectorIndex.class.isAssignableFrom(type)) {
			return new FailureAnalysis(
					String.format(Locale.ROOT, "%s requires a %s, which is not a bean.", consumer,
							type.getSimpleName()),
					"Inject a SafeIndex, the handle of an index; its method index() returns the index underneath.",
					cause);
		}
		if (type == SafeIndex.class) {
			return analyze(rootFailure, cause, consumer, new Kind("index", "indexes", "SafeIndex", "SnapvecIndexes"));
		}
		return (type == SnapvecTenants.class)
				? analyze(rootFailure, cause, consumer,
						new Kind("kind of tenants' indexes", "tenants", "SnapvecTenants", "List<SnapvecTenants>"))
				: null;
	}

	private FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause, String consumer,
			Kind kind) {
		List<String> names = names(PropertyKeys.PREFIX + "." + kind.key());
		if (cause instanceof NoUniqueBeanDefinitionException several) {
			Collection<String> beans = several.getBeanNamesFound();
			List<String> found = (beans != null) ? beans.stream().sorted().toList() : names;
			return new FailureAnalysis(
					String.format(Locale.ROOT, "%s requires a single %s, but there are several: %s.", consumer,
							kind.type(), quoted(found)),
					String.format(Locale.ROOT, """
							Consider the following:
								Give the parameter or field the name of the %1$s, if it is compiled with -parameters.
								Annotate it, for example with @Qualifier("%2$s").
								Inject %3$s, which contains all of them.
							""", kind.singular(), found.get(0), kind.all()), cause);
		}
		if (!Switch.isOn(this.environment, "snapvec.enabled", true)) {
			return new FailureAnalysis(String.format(Locale.ROOT, "%s requires a %s, but snapvec.enabled is false.",
					consumer, kind.type()), "Set snapvec.enabled to true, or inject an ObjectProvider.", cause);
		}
		if (!isConfigured()) {
			return new FailureAnalysis(
					String.format(Locale.ROOT, "%s requires a %s, but %s is not part of this application context.",
							consumer, kind.type(), SnapvecAutoConfiguration.class.getSimpleName()),
					String.format(Locale.ROOT, """
							Consider the following:
								In a slice test, such as @WebMvcTest, replace the bean with @MockitoBean, or add \
							@ImportAutoConfiguration(%1$s.class).
								In an application, use @EnableAutoConfiguration and do not exclude %1$s.
							""", SnapvecAutoConfiguration.class.getSimpleName()), cause);
		}
		String qualifier = qualifier(rootFailure);
		if (names.isEmpty()) {
			String name = (qualifier != null && IndexName.problem(qualifier).isEmpty()) ? qualifier : "products";
			return new FailureAnalysis(
					String.format(Locale.ROOT, "%s requires a %s, but no %s is configured.", consumer, kind.type(),
							kind.singular()),
					String.format(Locale.ROOT,
							"Configure one, for example:\n\n    snapvec:\n      %s:\n        %s:\n          dimension: 384\n\n",
							kind.key(), name) + "The dimension is the number of coordinates of a vector.",
					cause);
		}
		String asked = (qualifier != null) ? String.format(Locale.ROOT, " named '%s'", qualifier) : "";
		return new FailureAnalysis(
				String.format(Locale.ROOT, "%s requires a %s%s, but there is none; expected one of %s.", consumer,
						kind.type(), asked, quoted(names)),
				String.format(Locale.ROOT, "Inject one of these, or configure another one under %s.%s.",
						PropertyKeys.PREFIX, kind.key()),
				cause);
	}

	private boolean isConfigured() {
		return !(this.beanFactory instanceof ListableBeanFactory beans) || BeanFactoryUtils
			.beanNamesForTypeIncludingAncestors(beans, SnapvecAutoConfiguration.class, true, false).length > 0;
	}

	private List<String> names(String parent) {
		List<String> names = new ArrayList<>();
		WrittenNames.below(parent, this.environment).forEach((name) -> names.add(name.value()));
		return names.stream().sorted().toList();
	}

	private static String quoted(List<String> names) {
		return "'" + String.join("', '", names) + "'";
	}

	/** The requested name, if any. */
	private static @Nullable String qualifier(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			InjectionPoint point = (cause instanceof UnsatisfiedDependencyException unsatisfied)
					? unsatisfied.getInjectionPoint() : null;
			if (point != null) {
				for (Annotation annotation : point.getAnnotations()) {
					if (annotation instanceof Qualifier qualifier) {
						return qualifier.value();
					}
				}
			}
		}
		return null;
	}

	/**
	 * What an injection point requires.
	 *
	 * @param singular one of them, in words
	 * @param key the key below which they are configured
	 * @param type the type of the beans
	 * @param all the type that contains all of them
	 */
	private record Kind(String singular, String key, String type, String all) {
	}

}
