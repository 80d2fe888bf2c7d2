package dev.snapvec.spring.boot.diagnostics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.snapvec.spring.boot.config.BeanNameCheck;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.config.WrittenName;
import dev.snapvec.spring.boot.config.WrittenNames;

/**
 * {@link AbstractFailureAnalyzer} for a bean that has the name of an index and is defined
 * after it.
 * <p>
 * Internal: not for applications.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class IndexBeanOverrideFailureAnalyzer extends AbstractFailureAnalyzer<BeanDefinitionOverrideException> {

	private final Environment environment;

	public IndexBeanOverrideFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanDefinitionOverrideException cause) {
		for (String parent : new String[] { PropertyKeys.INDEXES, PropertyKeys.TENANTS }) {
			for (WrittenName name : WrittenNames.below(parent, this.environment)) {
				if (name.value().equals(cause.getBeanName())) {
					return new FailureAnalysis(String.format(Locale.ROOT,
							"%s (%s) is also a bean named '%s', but another bean of this name is defined in %s.",
							name.key(), name.origin(), cause.getBeanName(),
							BeanNameCheck.describe(cause.getBeanDefinition())),
							"Consider renaming the index or the other bean.", cause);
				}
			}
		}
		return null;
	}

}
