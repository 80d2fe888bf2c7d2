package dev.snapvec.spring.boot.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches if a property is true. The value is
 * converted as Spring Boot converts booleans: {@code yes}, {@code on} and {@code 1} are
 * true, a blank value counts as not set, and a value that is neither true nor false fails
 * the start.
 * <p>
 * Internal: not for applications.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnEnabledCondition.class)
public @interface ConditionalOnEnabled {

	/**
	 * The key of the property.
	 * @return the full key
	 */
	String value();

	/**
	 * Whether the condition matches if the property is not set.
	 * @return whether it matches
	 */
	boolean byDefault() default true;

}
