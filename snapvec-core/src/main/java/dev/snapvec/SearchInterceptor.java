package dev.snapvec;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Surrounds the searches of a {@link SafeIndex}: observes them, or returns results
 * without a search. It is called by many threads concurrently, with no lock held, and
 * must return hits that nobody changes.
 *
 * @since 0.1.0
 * @see SafeIndex#addSearchInterceptor
 */
@FunctionalInterface
public interface SearchInterceptor {

	/**
	 * Surrounds one search.
	 * @param request the request
	 * @param generation the generation of the index, read before the search starts
	 * @param next calls the next interceptor, and finally the index; may be called any
	 * number of times
	 * @return the hits; the search throws what this throws
	 */
	List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> next);

	/**
	 * Surrounds a call of many searches. By default it only calls the next.
	 * @param requests the requests
	 * @param generation the generation of the index, read before the searches start
	 * @param next calls the next interceptor, and finally the index, for some of the
	 * requests; returns the hits of each, in their order
	 * @return the hits of each request, in their order
	 */
	default List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> next) {
		return next.apply(requests);
	}

}
