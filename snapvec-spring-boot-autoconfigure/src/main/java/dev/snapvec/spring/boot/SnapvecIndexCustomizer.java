package dev.snapvec.spring.boot;

import dev.snapvec.IndexBuilder;

/**
 * Callback that customizes the builders of indexes after the properties were applied.
 * Beans of this type are called in order, more than once per index: builders are also
 * used to validate properties and to compare snapshots with them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapvecIndexCustomizer {

	/**
	 * Customizes the builder of an index.
	 * @param index the name of the index
	 * @param builder its builder, of the configured type
	 */
	void customize(String index, IndexBuilder<?> builder);

}
