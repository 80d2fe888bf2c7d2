package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds the searches of an index, from outside to inside: interceptors in the
 * order in which they were added, then the cache. Thread-safe; a search acquires no lock.
 */
final class SearchChain {

	private final AtomicReference<Links> current = new AtomicReference<>(new Links(List.of(), null));

	/**
	 * The links at one moment. Immutable.
	 *
	 * @param interceptors those that were added
	 * @param cache the cache, if there is one
	 * @param all both
	 */
	private record Links(List<SearchInterceptor> interceptors, @Nullable SearchCache cache,
			List<SearchInterceptor> all) {

		Links(List<SearchInterceptor> interceptors, @Nullable SearchCache cache) {
			this(interceptors, cache, with(interceptors, cache));
		}

		private static List<SearchInterceptor> with(List<SearchInterceptor> interceptors,
				@Nullable SearchInterceptor last) {
			List<SearchInterceptor> all = new ArrayList<>(interceptors);
			if (last != null) {
				all.add(last);
			}
			return List.copyOf(all);
		}

	}

	void add(SearchInterceptor interceptor) {
		change((interceptors) -> Links.with(interceptors, interceptor));
	}

	void remove(SearchInterceptor interceptor) {
		change((interceptors) -> interceptors.stream().filter((each) -> each != interceptor).toList());
	}

	private void change(UnaryOperator<List<SearchInterceptor>> change) {
		this.current.updateAndGet((links) -> new Links(change.apply(links.interceptors()), links.cache()));
	}

	private Links links() {
		return Objects.requireNonNull(this.current.get());
	}

	void cache(@Nullable SearchCache cache) {
		this.current.updateAndGet((links) -> new Links(links.interceptors(), cache));
	}

	List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> index) {
		return search(links().all(), 0, request, generation, index);
	}

	private static List<Hit> search(List<SearchInterceptor> links, int link, SearchRequest request, long generation,
			Supplier<List<Hit>> index) {
		return (link == links.size()) ? index.get() : links.get(link)
			.search(request, generation, () -> search(links, link + 1, request, generation, index));
	}

	List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
			Function<List<SearchRequest>, List<List<Hit>>> index) {
		return searchAll(links().all(), 0, requests, generation, index);
	}

	private static List<List<Hit>> searchAll(List<SearchInterceptor> links, int link, List<SearchRequest> requests,
			long generation, Function<List<SearchRequest>, List<List<Hit>>> index) {
		return (link == links.size()) ? index.apply(requests) : links.get(link)
			.searchAll(requests, generation, (some) -> searchAll(links, link + 1, some, generation, index));
	}

}
