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
	 * @param generation the generation of the index, read before the search begins
	 * @param next asks the next interceptor, and at last the index; may be called any
	 * number of times
	 * @return the hits; what this throws, the search throws
	 */
	List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> next);

	/**
	 * Surrounds a call for many searches, likewise. By default it does nothing.
	 * @param requests the requests
	 * @param generation the generation of the index, read before the searches begin
	 * @param next asks the next interceptor, and at last the index, for some of the
	 * requests; returns the hits of each, in their order
	 * @return the hits of each request, in their order
	 */
	default List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> next) {
		return next.apply(requests);
	}

}
