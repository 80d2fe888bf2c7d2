package dev.snapvec.spring.boot.autoconfigure;

import dev.snapvec.SafeIndex;

/**
 * Adds indexes while the application runs. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SnapvecIndexRegistry {

	/**
	 * Adds an index: restores or populates it, as at the start, and then shows it to
	 * others. It is saved and measured as any other. It has no bean of its own, and is
	 * not frozen if the application is ready already. After a restart it is not there
	 * until it is added again, and then restored.
	 * @param name its name, which no other index has, not even in another case: 1 to 100
	 * letters, digits, - and _, with a letter or digit first
	 * @param properties its properties; those not set are inherited from
	 * {@code snapvec.defaults}
	 * @return the index
	 * @throws IllegalStateException if there is an index of that name, or the application
	 * does not run: a {@link SnapvecIndexRegistrar} adds indexes before it does
	 */
	SafeIndex register(String name, IndexProperties properties);

}
