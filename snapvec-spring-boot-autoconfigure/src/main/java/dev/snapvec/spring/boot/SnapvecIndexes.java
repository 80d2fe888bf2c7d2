package dev.snapvec.spring.boot;

import java.util.List;
import java.util.function.Consumer;

import dev.snapvec.SafeIndex;

/**
 * The indexes of an application, by name. Thread-safe.
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
	 * Has a handler told of every index that is added from now on. Does nothing by
	 * default, for indexes that are never added to.
	 * @param handler the handler
	 */
	default void addRegisterHandler(Consumer<SafeIndex> handler) {
	}

}
