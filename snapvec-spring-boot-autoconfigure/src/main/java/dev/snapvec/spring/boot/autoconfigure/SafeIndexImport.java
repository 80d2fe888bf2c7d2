package dev.snapvec.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

import dev.snapvec.spring.boot.config.BeanNameCheck;
import dev.snapvec.spring.boot.config.UnsupportedSpringBootException;

/**
 * Imports the registrar of a bean for each index, and before it the check of their names.
 * Spring Framework before version 7 has no bean registrars, and importing one would fail
 * with nothing but the name of a file.
 */
class SafeIndexImport implements ImportSelector, BeanClassLoaderAware {

	private static final String REGISTRAR = "org.springframework.beans.factory.BeanRegistrar";

	private @Nullable ClassLoader classLoader;

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public String[] selectImports(AnnotationMetadata importing) {
		if (!ClassUtils.isPresent(REGISTRAR, this.classLoader)) {
			throw new UnsupportedSpringBootException();
		}
		return new String[] { BeanNameCheck.class.getName(), SafeIndexRegistrar.class.getName() };
	}

}
