package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.snapvec.Hit;
import dev.snapvec.SearchCache;
import dev.snapvec.SearchRequest;

/**
 * Remembers answers in a cache of its own, which is no bean: one would have those back
 * off that Spring Boot gives to the application.
 * <p>
 * The generation is part of the key, so that a change of the index makes all that was
 * remembered unreachable at once, also for searches that are on their way; what cannot be
 * reached any more is what goes first. Two equal searches at the same time both search: a
 * search that waits for another would be one that takes a lock. Requests with a filter
 * are not remembered, as nothing tells how much memory a filter takes.
 */
class CaffeineSearchCache implements SearchCache {

	private final Cache<Key, List<Hit>> cache;

	CaffeineSearchCache(IndexDefinition definition) {
		this.cache = Caffeine.newBuilder()
			.maximumWeight(definition.cachedHits())
			.weigher((Key key, List<Hit> hits) -> Math.max(1, hits.size()))
			.expireAfterWrite(definition.cachedFor())
			.recordStats()
			.build();
	}

	Cache<Key, List<Hit>> cache() {
		return this.cache;
	}

	@Override
	public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
		if (request.filter() != null) {
			return search.get();
		}
		Key key = new Key(request, generation);
		List<Hit> hits = this.cache.getIfPresent(key);
		if (hits == null) {
			hits = search.get();
			this.cache.put(key, hits);
		}
		return hits;
	}

	/**
	 * What an answer answers.
	 *
	 * @param request the request
	 * @param generation the generation of the index
	 */
	record Key(SearchRequest request, long generation) {
	}

}
