package dev.snapvec.spring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import dev.snapvec.SearchCache;

/**
 * The caches of all indexes that have one, by the index's name.
 */
class CaffeineSearchCaches implements SearchCacheFactory {

	private final Map<String, CaffeineSearchCache> caches = new ConcurrentHashMap<>();

	@Override
	public SearchCache create(IndexDefinition definition) {
		CaffeineSearchCache cache = new CaffeineSearchCache(definition);
		this.caches.put(definition.name(), cache);
		return cache;
	}

	void forEach(BiConsumer<String, CaffeineSearchCache> consumer) {
		this.caches.forEach(consumer);
	}

}
