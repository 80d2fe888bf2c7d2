package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SearchInterceptor}.
 */
class SearchInterceptorTests {

	private static final float[] QUERY = { 1, 2, 3, 4 };

	private final SafeIndex index = new SafeIndex("products", SnapIndex.builder(4).build());

	private final List<String> calls = new ArrayList<>();

	@Test
	void thoseAddedFirstSurroundThoseAddedLaterAndTheCacheComesLast() {
		this.index.searchCache((request, generation, search) -> {
			this.calls.add("cache");
			return search.get();
		});
		this.index.addSearchInterceptor(new Named("outer"));
		this.index.addSearchInterceptor(new Named("inner"));
		this.index.add("a", QUERY);
		assertThat(this.index.search(QUERY, 3)).extracting(Hit::id).containsExactly("a");
		assertThat(this.calls).containsExactly("outer begins", "inner begins", "cache", "inner ends", "outer ends");
	}

	@Test
	void oneCallForManySearchesIsSurroundedOnce() {
		this.index.addSearchInterceptor(new Named("outer"));
		this.index.add("a", QUERY);
		List<SearchRequest> requests = List.of(SearchRequest.of(QUERY).build(), SearchRequest.of(QUERY).build());
		assertThat(this.index.searchAll(requests)).hasSize(2);
		assertThat(this.calls).containsExactly("outer begins 2", "outer ends");
	}

	@Test
	void oneMayAnswerWithoutASearch() {
		List<Hit> hits = List.of(new Hit("known", 1));
		this.index.addSearchInterceptor((request, generation, next) -> hits);
		assertThat(this.index.search(QUERY, 3)).isSameAs(hits);
	}

	@Test
	void oneIsToldTheGenerationThatTheSearchSeesAtLeast() {
		List<Long> generations = new ArrayList<>();
		this.index.addSearchInterceptor((request, generation, next) -> {
			generations.add(generation);
			return next.get();
		});
		this.index.search(QUERY, 3);
		this.index.add("a", QUERY);
		this.index.search(QUERY, 3);
		assertThat(generations).containsExactly(0L, 1L);
	}

	@Test
	void oneThatIsRemovedIsNotAsked() {
		Named interceptor = new Named("outer");
		this.index.addSearchInterceptor(interceptor);
		this.index.removeSearchInterceptor(interceptor);
		this.index.search(QUERY, 3);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void whatOneThrowsTheSearchThrows() {
		this.index.addSearchInterceptor((request, generation, next) -> {
			throw new IllegalStateException("too many searches");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.index.search(QUERY, 3))
			.withMessage("too many searches");
	}

	@Test
	void whatTheIndexThrowsReachesAllOfThem() {
		this.index.addSearchInterceptor(new Named("outer"));
		assertThatExceptionOfType(InvalidVectorException.class).isThrownBy(() -> this.index.search(new float[3], 3))
			.withMessageContaining("products");
		assertThat(this.calls).containsExactly("outer begins", "outer fails");
	}

	private final class Named implements SearchInterceptor {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public List<Hit> search(SearchRequest request, long generation, Supplier<List<Hit>> next) {
			SearchInterceptorTests.this.calls.add(this.name + " begins");
			try {
				List<Hit> hits = next.get();
				SearchInterceptorTests.this.calls.add(this.name + " ends");
				return hits;
			}
			catch (RuntimeException ex) {
				SearchInterceptorTests.this.calls.add(this.name + " fails");
				throw ex;
			}
		}

		@Override
		public List<List<Hit>> searchAll(List<SearchRequest> requests, long generation,
				Function<List<SearchRequest>, List<List<Hit>>> next) {
			SearchInterceptorTests.this.calls.add(this.name + " begins " + requests.size());
			List<List<Hit>> hits = next.apply(requests);
			SearchInterceptorTests.this.calls.add(this.name + " ends");
			return hits;
		}

	}

}
