package dev.snapvec.spring.boot;

import java.util.List;

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

}
