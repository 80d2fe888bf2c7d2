package dev.snapvec.spring.boot.autoconfigure;

import dev.snapvec.SearchCache;

/**
 * Makes what remembers the answers of an index.
 */
interface SearchCacheFactory {

	SearchCache create(IndexDefinition definition);

}
