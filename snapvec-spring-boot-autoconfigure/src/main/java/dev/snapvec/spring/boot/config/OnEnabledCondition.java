package dev.snapvec.spring.boot.config;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Binds a property rather than comparing its text with "true", because a typo would then
 * silently disable something.
 *
 * @see ConditionalOnEnabled
 */
class OnEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MergedAnnotation<ConditionalOnEnabled> annotation = metadata.getAnnotations().get(ConditionalOnEnabled.class);
		String key = annotation.getString("value");
		boolean enabled = Switch.isOn(context.getEnvironment(), key, annotation.getBoolean("byDefault"));
		return new ConditionOutcome(enabled,
				ConditionMessage.forCondition(ConditionalOnEnabled.class).because(key + " is " + enabled));
	}

}
