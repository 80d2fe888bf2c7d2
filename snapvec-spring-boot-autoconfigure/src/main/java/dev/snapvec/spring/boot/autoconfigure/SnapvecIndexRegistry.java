package dev.snapvec.spring.boot.autoconfigure;

import dev.snapvec.SafeIndex;

/**
 * Adds indexes while the application runs. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SnapvecIndexRegistry {

	/**
	 * Adds an index: restores or populates it, as at startup, and then makes it visible
	 * to others. It is saved and measured like any other. It is not a bean, and is not
	 * frozen if the application is already ready. After a restart it does not exist until
	 * it is added again, and is restored then.
	 * @param name the name of the index, unique even ignoring case: 1 to 100 letters,
	 * digits, - and _, with a letter or digit first
	 * @param properties its properties; those not set are inherited from
	 * {@code snapvec.defaults}
	 * @return the index
	 * @throws IllegalStateException if an index of that name already exists, or the
	 * application is not running: a {@link SnapvecIndexRegistrar} adds indexes before it
	 * is
	 */
	SafeIndex register(String name, IndexProperties properties);

}
