package dev.snapvec.spring.boot.cache;

import dev.snapvec.SearchCache;

/**
 * Creates the search caches of indexes.
 * <p>
 * Internal: not for applications.
 */
public interface SearchCacheFactory {

	SearchCache create(String index, CachePolicy policy);

	/**
	 * Clears the cached search results of an index.
	 * @return whether there were any
	 * @throws IllegalStateException if search results of the index are not cached
	 */
	boolean clear(String index);

}
