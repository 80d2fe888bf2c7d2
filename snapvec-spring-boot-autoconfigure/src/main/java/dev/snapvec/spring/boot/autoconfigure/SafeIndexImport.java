package dev.snapvec.spring.boot.autoconfigure;

import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Imports what registers a bean for each index, and before it what checks their names.
 */
class SafeIndexImport implements ImportSelector {

	@Override
	public String[] selectImports(AnnotationMetadata importing) {
		return new String[] { BeanNameCheck.class.getName(), SafeIndexRegistrar.class.getName() };
	}

}
