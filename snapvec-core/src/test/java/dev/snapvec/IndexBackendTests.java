package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;
import dev.snapvec.store.StoreFollower;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A handle in front of something that is not one index: {@link TwoIndexes}.
 */
class IndexBackendTests {

	private static final int DIMENSION = 32;

	private static final int ROWS = 500;

	@TempDir
	Path directory;

	private final TwoIndexes two = new TwoIndexes(() -> SnapIndex.builder(DIMENSION).build());

	private final SafeIndex index = new SafeIndex("products", this.two);

	private static float[] vector(long seed) {
		return TestVectors.random(seed, 1, DIMENSION)[0];
	}

	private static List<String> ids(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "id " + i).toList();
	}

	/**
	 * A type of index, searched so that each of two indexes scores a row as one index of
	 * all rows does: each reranks and widens its search by itself.
	 *
	 * @param name its name
	 * @param maker makes an empty one
	 * @param reranks whether reranking must be turned off
	 * @param filters whether it is searched with a filter
	 */
	private record Type(String name, Supplier<VectorIndex> maker, boolean reranks, boolean filters) {

		SearchRequest.Builder request(float[] query) {
			SearchRequest.Builder request = SearchRequest.of(query);
			return this.reranks ? request.rerank(0) : request;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Type> types() {
		return Stream.of(new Type("snap", () -> SnapIndex.builder(DIMENSION).build(), false, true),
				new Type("residual", () -> ResidualSnapIndex.builder(DIMENSION).build(), true, true),
				new Type("pq", () -> PqSnapIndex.builder(DIMENSION).subspaces(8).centroids(32).build(), false, true),
				new Type("ivf-pq",
						() -> IvfPqSnapIndex.builder(DIMENSION).subspaces(8).centroids(32).nlist(8).nprobe(3).build(),
						false, false));
	}

	@ParameterizedTest
	@MethodSource("types")
	void hitsOfTwoIndexesAreThoseOfOne(Type type) {
		long seed = ThreadLocalRandom.current().nextLong();
		float[][] vectors = TestVectors.random(seed, ROWS, DIMENSION);
		SafeIndex one = new SafeIndex("one", type.maker.get());
		SafeIndex two = new SafeIndex("two", new TwoIndexes(type.maker));
		for (SafeIndex index : List.of(one, two)) {
			if (!index.isFitted()) {
				index.fit(TestVectors.random(seed + 1, ROWS, DIMENSION));
			}
			index.addAll(ids(ROWS), vectors);
			index.upsert("id 7", vector(seed + 50));
			index.deleteAll(ids(3));
		}
		assertThat(two.size()).isEqualTo(one.size());
		List<SearchRequest> requests = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			float[] query = vector(seed + 2 + i);
			requests.add(type.request(query).topK(10).build());
			requests.add(type.request(query).topK(ROWS).minScore(0.1f).build());
			if (type.filters) {
				requests.add(type.request(query).topK(7).among(IdFilter.of(ids(60))).build());
			}
		}
		for (SearchRequest request : requests) {
			assertThat(ordered(two.search(request))).as("%s, seed %d", type, seed)
				.isEqualTo(ordered(one.search(request)));
		}
		List<List<Hit>> expected = one.searchAll(requests);
		assertThat(two.searchAll(requests)).as("%s, seed %d", type, seed)
			.zipSatisfy(expected, (hits, of) -> assertThat(ordered(hits)).isEqualTo(ordered(of)));
	}

	/** The order of hits of equal score is not defined. */
	private static List<Hit> ordered(List<Hit> hits) {
		return hits.stream().sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id)).toList();
	}

	@BeforeEach
	void fill() {
		this.index.addAll(ids(20), TestVectors.random(1, 20, DIMENSION));
	}

	@Test
	void bothIndexesHoldRows() {
		assertThat(this.two.sizes()).allSatisfy((size) -> assertThat(size).isPositive());
	}

	@Test
	void rowsAreFoundWhicheverIndexHoldsThem() {
		assertThat(this.index.size()).isEqualTo(20);
		assertThat(this.index.dimension()).isEqualTo(DIMENSION);
		for (String id : ids(20)) {
			assertThat(this.index.contains(id)).isTrue();
			assertThat(this.index.vector(id)).isPresent();
		}
		assertThat(this.index.contains("unknown")).isFalse();
		assertThat(this.index.vector("unknown")).isEqualTo(Optional.empty());
		assertThat(this.index.stats().size()).isEqualTo(20);
		assertThat(this.index.stats().type()).isEqualTo("SnapIndex");
	}

	@Test
	void mutationsRaiseTheGeneration() {
		long generation = this.index.generation();
		this.index.upsert("id 1", vector(2));
		assertThat(this.index.generation()).isGreaterThan(generation);
		assertThat(this.index.delete("id 1")).isTrue();
		assertThat(this.index.delete("id 1")).isFalse();
		assertThat(this.index.size()).isEqualTo(19);
		this.index.attribute("model", "m");
		assertThat(this.index.attributes()).isEqualTo(Map.of("model", "m"));
		assertThat(this.index.isDirty()).as("what is behind the handle saves its rows").isFalse();
	}

	@Test
	void aFrozenHandleRejectsMutationsByItsName() {
		this.index.compact();
		this.index.freeze();
		assertThat(this.index.isFrozen()).isTrue();
		assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> this.index.add("new", vector(1)))
			.withMessageContaining("index 'products'");
		this.index.unfreeze();
		this.index.add("new", vector(1));
		assertThat(this.index.size()).isEqualTo(21);
	}

	@Test
	void exceptionsNameTheHandle() {
		assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> this.index.add("id 3", vector(1)))
			.withMessageStartingWith("index 'products'");
		assertThatExceptionOfType(InvalidVectorException.class)
			.isThrownBy(() -> this.index.search(new float[DIMENSION + 1], 3))
			.withMessageStartingWith("index 'products'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.index.addAll(List.of("new"), new float[0][]))
			.withMessage("index 'products': got 1 ids but 0 vectors; expected one vector per id");
		assertThat(this.index.size()).isEqualTo(20);
	}

	@Test
	void listenersReceiveWhatHappened() {
		List<String> events = new ArrayList<>();
		this.index.addListener(new IndexListener() {

			@Override
			public void searched(SafeIndex index, long nanos, int hits) {
				events.add("searched " + index.name() + " " + hits);
			}

			@Override
			public void added(SafeIndex index, int rows) {
				events.add("added " + rows);
			}

			@Override
			public void deleted(SafeIndex index, int rows) {
				events.add("deleted " + rows);
			}

		});
		this.index.add("new", vector(1));
		this.index.search(vector(2), 3);
		this.index.searchAll(List.of(SearchRequest.of(vector(2)).topK(4).build()));
		this.index.deleteAll(ids(2));
		assertThat(events).containsExactly("added 1", "searched products 3", "searched products 4", "deleted 2");
	}

	@Test
	void interceptorsAndTheCacheSurroundSearches() {
		List<String> calls = new ArrayList<>();
		Map<Object, List<Hit>> cached = new HashMap<>();
		this.index.addSearchInterceptor((request, generation, next) -> {
			calls.add("observed");
			return next.get();
		});
		this.index.searchCache((request, generation, search) -> cached
			.computeIfAbsent(List.of(request.detached(), generation), (key) -> {
				calls.add("searched");
				return search.get();
			}));
		List<Hit> hits = this.index.search(vector(2), 3);
		assertThat(this.index.search(vector(2), 3)).isSameAs(hits);
		this.index.delete(hits.get(0).id());
		assertThat(this.index.search(vector(2), 3)).doesNotContain(hits.get(0));
		assertThat(calls).containsExactly("observed", "searched", "observed", "observed", "searched");
	}

	@Test
	void whatNeedsOneLocalIndexSaysSoAndChangesNothing() {
		VectorIndex other = SnapIndex.builder(DIMENSION).build();
		try (IndexStore store = IndexStore.open(this.directory.resolve("store"), 2)) {
			for (Map.Entry<String, Runnable> call : Map
				.<String, Runnable>of("index()", () -> this.index.index(), "replace", () -> this.index.replace(other),
						"save", () -> this.index.save(this.directory.resolve("file")), "recall",
						() -> this.index.recall(RecallOptions.defaults()), "snapshots, logs and guards",
						() -> store.save(this.index))
				.entrySet()) {
				assertThatExceptionOfType(LocalIndexRequiredException.class).isThrownBy(call.getValue()::run)
					.withMessage("index 'products' must be one local index for " + call.getKey()
							+ ", but its backend is a dev.snapvec.TwoIndexes");
			}
			assertThatThrownBy(() -> store.log(this.index, LogSync.always()))
				.isInstanceOf(LocalIndexRequiredException.class);
			assertThat(store.snapshots()).isEmpty();
			store.save(new SafeIndex("other", other));
			assertThatThrownBy(() -> StoreFollower.of(store.directory(), LoadOptions.defaults()).reload(this.index))
				.isInstanceOf(LocalIndexRequiredException.class);
		}
		assertThat(this.directory.resolve("file")).doesNotExist();
		assertThat(this.index.size()).isEqualTo(20);
	}

	@Test
	void aHandleIsABackendToo() {
		SafeIndex outer = new SafeIndex("outer", this.index);
		outer.add("new", vector(1));
		assertThat(this.index.contains("new")).isTrue();
		assertThat(outer.search(vector(1), 3)).isEqualTo(this.index.search(vector(1), 3)).hasSize(3);
		assertThat(outer.generation()).isEqualTo(this.index.generation());
		assertThatExceptionOfType(LocalIndexRequiredException.class).isThrownBy(outer::local)
			.withMessageStartingWith("index 'outer'");
	}

	@Test
	void itPrintsItsBackend() {
		assertThat(this.index)
			.hasToString("SafeIndex(products, generation=" + this.index.generation() + ", " + "TwoIndexes(size=20))");
	}

}
