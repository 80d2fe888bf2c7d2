package dev.snapvec.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Binds a property rather than comparing its text with "true", of which a slip would turn
 * something off without a word.
 * <p>
 * Internal: not for applications.
 *
 * @see ConditionalOnEnabled
 */
public class OnEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MergedAnnotation<ConditionalOnEnabled> annotation = metadata.getAnnotations().get(ConditionalOnEnabled.class);
		String key = annotation.getString("value");
		boolean enabled = isEnabled(context.getEnvironment(), key, annotation.getBoolean("byDefault"));
		return new ConditionOutcome(enabled,
				ConditionMessage.forCondition(ConditionalOnEnabled.class).because(key + " is " + enabled));
	}

	/** The value of a switch, or its default if it is not set. */
	public static boolean isEnabled(Environment environment, String key, boolean byDefault) {
		return Binder.get(environment).bind(key, Boolean.class).orElse(byDefault);
	}

}
