package dev.snapvec;

import java.util.List;
import java.util.function.Supplier;

/**
 * Remembers what a {@link SafeIndex} answered. It is called by many threads at once.
 */
@FunctionalInterface
public interface SearchCache {

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

}
