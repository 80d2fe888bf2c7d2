package dev.snapvec.spring.boot.cache;

import dev.snapvec.SearchCache;

/**
 * Makes what remembers the answers of an index.
 * <p>
 * Internal: not for applications.
 */
public interface SearchCacheFactory {

	SearchCache create(String index, CachePolicy policy);

	/**
	 * Forgets the answers of an index.
	 * @return whether there were any
	 * @throws IllegalStateException if the index remembers none
	 */
	boolean clear(String index);

}
