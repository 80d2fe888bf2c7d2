package dev.snapvec.spring.boot.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches where a property is true, as Spring Boot
 * reads properties of the type boolean: {@code yes}, {@code on} and {@code 1} are true,
 * what is blank is not set, and what is neither true nor false fails the start.
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
	 * @return the whole key
	 */
	String value();

	/**
	 * Whether it matches where the property is not set.
	 * @return whether it does
	 */
	boolean byDefault() default true;

}
