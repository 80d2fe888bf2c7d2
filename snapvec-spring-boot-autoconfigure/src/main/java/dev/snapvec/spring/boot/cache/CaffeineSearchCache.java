package dev.snapvec.spring.boot.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter;

import dev.snapvec.Hit;
import dev.snapvec.RowFilter;
import dev.snapvec.SearchCache;
import dev.snapvec.SearchRequest;

/**
 * Caches search results with Caffeine. The cache is not a bean: a bean would cause the
 * caches that Spring Boot auto-configures to back off.
 * <p>
 * The generation is part of the key, so that a change of the index immediately makes all
 * cached results unreachable, also for searches in progress; unreachable results are
 * evicted first. Of two equal concurrent searches both scan the index: one that waited
 * for the other would need a lock.
 * <p>
 * Internal: not for applications.
 */
public class CaffeineSearchCache implements SearchCache {

	private final ConcurrentStatsCounter stats = new ConcurrentStatsCounter();

	private final Cache<Key, List<Hit>> cache;

	CaffeineSearchCache(CachePolicy policy) {
		this.cache = Caffeine.newBuilder()
			.maximumWeight(policy.maximumSize())
			.weigher((Key key, List<Hit> hits) -> Math.max(1, key.filteredIds() + hits.size()))
			.expireAfterWrite(policy.expireAfterWrite())
			.recordStats(() -> this.stats)
			// waking another thread costs more than the maintenance
			.executor(Runnable::run)
			.build();
	}

	public Cache<Key, List<Hit>> cache() {
		return this.cache;
	}

	/** Returns whether there were any results. */
	boolean clear() {
		boolean remembered = !this.cache.asMap().isEmpty();
		this.cache.invalidateAll();
		return remembered;
	}

	@Override
	public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
		Key key = new Key(request.detached(), generation);
		List<Hit> hits = this.cache.getIfPresent(key);
		if (hits == null) {
			long start = System.nanoTime();
			hits = search.get();
			put(key, hits, System.nanoTime() - start);
		}
		return hits;
	}

	@Override
	public List<List<Hit>> getAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> search) {
		List<Key> keys = requests.stream().map((request) -> new Key(request.detached(), generation)).toList();
		Map<Key, List<Hit>> known = new HashMap<>(this.cache.getAllPresent(keys));
		List<Integer> missing = IntStream.range(0, keys.size())
			.filter((i) -> !known.containsKey(keys.get(i)))
			.boxed()
			.toList();
		if (!missing.isEmpty()) {
			long start = System.nanoTime();
			List<List<Hit>> found = search.apply(missing.stream().map(requests::get).toList());
			long nanosEach = (System.nanoTime() - start) / missing.size();
			for (int i = 0; i < found.size(); i++) {
				Key key = keys.get(missing.get(i));
				put(key, found.get(i), nanosEach);
				known.put(key, found.get(i));
			}
		}
		return keys.stream().map(known::get).toList();
	}

	/** Caffeine counts a load only if it runs the computation itself. */
	private void put(Key key, List<Hit> hits, long nanos) {
		this.cache.put(key, hits);
		this.stats.recordLoadSuccess(nanos);
	}

	/**
	 * What a result is cached by.
	 *
	 * @param request the request
	 * @param generation the generation of the index
	 */
	record Key(SearchRequest request, long generation) {

		int filteredIds() {
			RowFilter filter = this.request.filter();
			return (filter != null) ? filter.size() : 0;
		}

	}

}
