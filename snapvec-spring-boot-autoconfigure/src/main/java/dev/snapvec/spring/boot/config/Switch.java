package dev.snapvec.spring.boot.config;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Properties that are true or false, read as Spring Boot binds them.
 * <p>
 * Internal: not for applications.
 */
public final class Switch {

	private Switch() {
	}

	/** The value of a property, or its default if it is not set. */
	public static boolean isOn(Environment environment, String key, boolean byDefault) {
		return Binder.get(environment).bind(key, Boolean.class).orElse(byDefault);
	}

}
