package dev.snapvec;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cache of the search results of a {@link SafeIndex}. Called concurrently by many
 * threads. A request that it retains must be {@linkplain SearchRequest#detached()
 * detached}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SearchCache extends SearchInterceptor {

	/**
	 * Returns the cached result of an equal request in the same generation, or else the
	 * result of the search.
	 * @param request the request
	 * @param generation the generation of the index, read before the search starts;
	 * results stay the same as long as it does
	 * @param search searches the index
	 * @return the hits, as the search returned them
	 */
	List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search);

	/**
	 * Returns the results of many requests, as {@link #get} does. By default none of them
	 * is cached.
	 * @param requests the requests
	 * @param generation the generation of the index, read before the searches start
	 * @param search searches the index for some of the requests; returns the hits of
	 * each, in their order
	 * @return the hits of each request, in their order
	 */
	default List<List<Hit>> getAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> search) {
		return search.apply(requests);
	}

	@Override
	default List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> next) {
		return get(request, generation, next);
	}

	@Override
	default List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> next) {
		return getAll(requests, generation, next);
	}

}
