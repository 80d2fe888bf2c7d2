package dev.snapvec.spring.boot;

import dev.snapvec.IndexBuilder;

/**
 * Callback that changes how indexes are built, after their properties were applied. Beans
 * of this type are called in their order, more than once an index: builders are also used
 * to validate properties and to compare snapshots with them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapvecIndexCustomizer {

	/**
	 * Changes how an index is built.
	 * @param index the name of the index
	 * @param builder its builder, of the configured type
	 */
	void customize(String index, IndexBuilder<?> builder);

}
