package dev.snapvec.spring.boot;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.snapvec.SafeIndex;

/**
 * The indexes of an application, by name. Thread-safe.
 *
 * @since 0.1.0
 */
public interface SnapvecIndexes {

	/**
	 * Returns the names of all indexes.
	 * @return the names, sorted
	 */
	List<String> names();

	/**
	 * Returns an index.
	 * @param name the name of the index
	 * @return the index, always the same handle
	 * @throws NoSuchIndexException if no index has the name
	 */
	SafeIndex get(String name);

	/**
	 * Drops the cached search results of an index. This default method always throws.
	 * @param name the name of the index
	 * @return whether there were any, also of earlier states of the index
	 * @throws NoSuchIndexException if no index has the name
	 * @throws IllegalStateException if its search results are not cached, because its
	 * {@code cache.enabled} is false or Caffeine is not on the class path
	 */
	default boolean clearCache(String name) {
		throw new IllegalStateException(
				String.format(Locale.ROOT, "search results of index '%s' are not cached", get(name).name()));
	}

	/**
	 * Registers a handler, which is called with every index that is added from now on.
	 * This default method does nothing, for implementations that never add an index.
	 * @param handler the handler
	 */
	default void addRegisterHandler(Consumer<SafeIndex> handler) {
	}

}
