package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import dev.snapvec.VectorIndex;

/**
 * Makes indexes of one type from their settings.
 */
interface IndexFactory {

	/**
	 * Makes an empty index.
	 * @param settings its settings
	 * @return the index
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a setting is wrong
	 */
	VectorIndex create(InheritedSettings settings);

	/**
	 * Returns the type's own properties that a snapshot must have been written with.
	 * @return the traits, beside those of every index
	 */
	List<IndexTrait> traits();

}
