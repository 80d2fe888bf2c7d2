package dev.snapvec.spring.boot.config;

import java.util.Locale;

import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/**
 * Thrown if the version of Spring Boot is too old.
 * <p>
 * Internal: not for applications.
 */
public class UnsupportedSpringBootException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public UnsupportedSpringBootException() {
		super(String.format(Locale.ROOT,
				"the snapvec starter needs Spring Boot 4.1 or later, but this is Spring Boot %s with Spring Framework %s",
				SpringBootVersion.getVersion(), SpringVersion.getVersion()));
	}

}
