package dev.snapvec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SearchCacheTests {

	private static final float[] QUERY = { 1, 2, 3, 4 };

	private final SafeIndex index = new SafeIndex("products", SnapIndex.builder(4).build());

	private final Remembered cache = new Remembered();

	@Test
	void anEqualRequestIsNotSearchedAgain() {
		this.index.searchCache(this.cache);
		this.index.add("a", QUERY);
		List<Hit> hits = this.index.search(QUERY, 3);
		assertThat(this.index.search(QUERY.clone(), 3)).isSameAs(hits);
		assertThat(this.index.search(QUERY, 4)).isNotSameAs(hits);
		assertThat(this.cache.searches).isEqualTo(2);
	}

	@Test
	void aChangeMakesEarlierAnswersUnreachable() {
		this.index.searchCache(this.cache);
		this.index.add("a", QUERY);
		this.index.search(QUERY, 3);
		this.index.add("b", new float[] { 4, 3, 2, 1 });
		assertThat(this.index.search(QUERY, 3)).extracting(Hit::id).containsExactly("a", "b");
		this.index.delete("a");
		assertThat(this.index.search(QUERY, 3)).extracting(Hit::id).containsExactly("b");
		this.index.replace(SnapIndex.builder(4).build());
		assertThat(this.index.search(QUERY, 3)).isEmpty();
	}

	@Test
	void whatChangesNoAnswerKeepsThem() {
		this.index.searchCache(this.cache);
		this.index.add("a", QUERY);
		List<Hit> hits = this.index.search(QUERY, 3);
		this.index.delete("unknown");
		this.index.freeze();
		assertThat(this.index.search(QUERY, 3)).isSameAs(hits);
	}

	@Test
	void listenersAreToldOfRememberedAnswersToo() {
		List<Integer> told = new ArrayList<>();
		this.index.searchCache(this.cache);
		this.index.addListener(new IndexListener() {

			@Override
			public void searched(SafeIndex index, long nanos, int hits) {
				told.add(hits);
			}

		});
		this.index.add("a", QUERY);
		this.index.search(QUERY, 3);
		this.index.search(QUERY, 3);
		assertThat(told).containsExactly(1, 1);
	}

	@Test
	void manyRequestsAreAskedForAtOnceUnderOneGeneration() {
		List<Long> generations = new ArrayList<>();
		this.index.add("a", QUERY);
		this.index.searchCache(new SearchCache() {

			@Override
			public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
				throw new AssertionError("asked for one");
			}

			@Override
			public List<List<Hit>> getAll(List<SearchRequest> requests, long generation,
					Function<List<SearchRequest>, List<List<Hit>>> search) {
				generations.add(generation);
				return List.of(search.apply(requests.subList(0, 1)).get(0), List.of(new Hit("remembered", 1)));
			}

		});
		SearchRequest request = SearchRequest.of(QUERY).build();
		assertThat(this.index.searchAll(List.of(request, request))).extracting((hits) -> hits.get(0).id())
			.containsExactly("a", "remembered");
		assertThat(generations).containsExactly(1L);
	}

	@Test
	void aCacheThatKnowsNothingOfManyRequestsHasThemSearched() {
		this.index.searchCache(this.cache);
		this.index.add("a", QUERY);
		SearchRequest request = SearchRequest.of(QUERY).build();
		assertThat(this.index.searchAll(List.of(request, request))).hasSize(2)
			.allMatch((hits) -> hits.get(0).id().equals("a"));
		assertThat(this.cache.searches).isZero();
	}

	@Test
	void aSearchThatFailsIsNotRemembered() {
		this.index.searchCache(this.cache);
		float[] tooLong = new float[5];
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(InvalidVectorException.class).isThrownBy(() -> this.index.search(tooLong, 1));
		}
		assertThat(this.cache.searches).isEqualTo(2);
	}

	@Test
	void withoutACacheEveryRequestIsSearched() {
		this.index.searchCache(this.cache);
		this.index.searchCache(null);
		this.index.search(QUERY, 3);
		assertThat(this.cache.searches).isZero();
	}

	private static final class Remembered implements SearchCache {

		private final Map<List<Object>, List<Hit>> answers = new ConcurrentHashMap<>();

		private int searches;

		@Override
		public List<Hit> get(SearchRequest request, long generation, Supplier<List<Hit>> search) {
			return this.answers.computeIfAbsent(List.of(request, generation), (key) -> {
				this.searches++;
				return search.get();
			});
		}

	}

}
