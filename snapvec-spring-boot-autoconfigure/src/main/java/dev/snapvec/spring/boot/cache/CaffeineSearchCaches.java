package dev.snapvec.spring.boot.cache;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.snapvec.SearchCache;

/**
 * The search caches of the indexes that have one, by index name.
 * <p>
 * Internal: not for applications.
 */
public class CaffeineSearchCaches {

	private final Map<String, CaffeineSearchCache> caches = new ConcurrentHashMap<>();

	public SearchCache create(String index, CachePolicy policy) {
		CaffeineSearchCache cache = new CaffeineSearchCache(policy);
		this.caches.put(index, cache);
		return cache;
	}

	/**
	 * Clears the cached search results of an index.
	 * @return whether there were any
	 * @throws IllegalStateException if search results of the index are not cached
	 */
	public boolean clear(String index) {
		CaffeineSearchCache cache = get(index).orElseThrow(() -> new IllegalStateException(String.format(Locale.ROOT,
				"search results of index '%s' are not cached: its cache.enabled is false", index)));
		return cache.clear();
	}

	public Optional<CaffeineSearchCache> get(String index) {
		return Optional.ofNullable(this.caches.get(index));
	}

}
