package dev.snapvec;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers what a {@link SafeIndex} answered. It is called by many threads at once. A
 * request that it keeps must be {@linkplain SearchRequest#detached() detached}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SearchCache extends SearchInterceptor {

	/**
	 * Returns the answer to a request: one that is remembered for an equal request and
	 * the same generation, or else what the search finds.
	 * @param request the request
	 * @param generation the generation of the index, read before the search begins; as
	 * long as it is the same, so is the answer
	 * @param search searches the index
	 * @return the hits, as the search returned them
	 */
	List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search);

	/**
	 * Returns the answers to many requests, as {@link #get} does. By default none of them
	 * is remembered.
	 * @param requests the requests
	 * @param generation the generation of the index, read before the searches begin
	 * @param search searches the index for some of the requests, and answers in their
	 * order
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
