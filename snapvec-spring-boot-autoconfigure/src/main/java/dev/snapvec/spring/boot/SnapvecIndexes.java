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
	 * @param name its name
	 * @return the index, always the same handle
	 * @throws NoSuchIndexException if no index has the name
	 */
	SafeIndex get(String name);

	/**
	 * Forgets what searches of an index found. By default nothing is remembered.
	 * @param name its name
	 * @return whether anything was remembered
	 * @throws NoSuchIndexException if no index has the name
	 * @throws IllegalStateException if the index remembers no answers
	 */
	default boolean clearCache(String name) {
		throw new IllegalStateException(
				String.format(Locale.ROOT, "index '%s' remembers no answers", get(name).name()));
	}

	/**
	 * Has a handler told of every index that is added from now on. Does nothing by
	 * default, for indexes that are never added to.
	 * @param handler the handler
	 */
	default void addRegisterHandler(Consumer<SafeIndex> handler) {
	}

}
