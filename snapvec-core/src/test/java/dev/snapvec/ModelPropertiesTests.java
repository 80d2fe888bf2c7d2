package dev.snapvec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Random sequences of calls, beside a map that they do the same to. A failure names the
 * seed that repeats it.
 */
class ModelPropertiesTests {

	private static final int IDS = 12;

	@Provide
	Arbitrary<IndexCase> cases() {
		return Arbitraries.of(IndexCase.all());
	}

	/** Each is a kind of call and a seed for what it is given. */
	@Provide
	Arbitrary<List<Integer>> calls() {
		return Arbitraries.integers().between(0, 12_000).list().ofMinSize(1).ofMaxSize(25);
	}

	/** An index, and a map from its ids to vectors. */
	private static final class Pair {

		private final IndexCase kind;

		private final Map<String, float[]> model = new HashMap<>();

		private VectorIndex index;

		private Pair(IndexCase kind) {
			this.kind = kind;
			this.index = kind.empty();
		}

		private void call(int number) {
			Random random = new Random(number);
			List<String> ids = IntStream.range(0, 1 + random.nextInt(5))
				.mapToObj((i) -> id(random.nextInt(IDS)))
				.distinct()
				.toList();
			switch (number % 12) {
				case 0, 1, 2 -> addAll(ids, this.kind.vectors(number, ids.size()));
				case 3, 4 -> upsertAll(ids, this.kind.vectors(number, ids.size()));
				case 5, 6 -> delete(ids.get(0));
				case 7 -> deleteAll(ids);
				case 8 -> this.index.compact();
				case 9 -> this.index.freeze();
				case 10 -> this.index.unfreeze();
				default -> saveAndLoad();
			}
		}

		private static String id(int number) {
			return (number % 2 == 0) ? Integer.toString(number) : "id-" + number;
		}

		private void addAll(List<String> ids, float[][] vectors) {
			if (this.index.isFrozen()) {
				assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> this.index.addAll(ids, vectors));
			}
			else if (ids.stream().anyMatch(this.model::containsKey)) {
				assertThatExceptionOfType(InvalidIdException.class).isThrownBy(() -> this.index.addAll(ids, vectors));
			}
			else {
				this.index.addAll(ids, vectors);
				put(ids, vectors);
			}
		}

		private void upsertAll(List<String> ids, float[][] vectors) {
			if (this.index.isFrozen()) {
				assertThatExceptionOfType(FrozenIndexException.class)
					.isThrownBy(() -> this.index.upsertAll(ids, vectors));
			}
			else {
				this.index.upsertAll(ids, vectors);
				put(ids, vectors);
			}
		}

		private void put(List<String> ids, float[][] vectors) {
			for (int i = 0; i < vectors.length; i++) {
				this.model.put(ids.get(i), vectors[i]);
			}
		}

		private void delete(String id) {
			if (this.index.isFrozen()) {
				assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> this.index.delete(id));
			}
			else {
				assertThat(this.index.delete(id)).isEqualTo(this.model.remove(id) != null);
			}
		}

		private void deleteAll(List<String> ids) {
			if (!this.index.isFrozen()) {
				int size = this.model.size();
				this.model.keySet().removeAll(Set.copyOf(ids));
				assertThat(this.index.deleteAll(ids)).isEqualTo(size - this.model.size());
			}
		}

		private void saveAndLoad() {
			try {
				Path file = Files.createTempFile("snapvec", ".test");
				this.index.save(file);
				this.index = VectorIndex.load(file);
				Files.delete(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void isAlike() {
			assertThat(this.index.size()).isEqualTo(this.model.size());
			for (int i = 0; i < IDS; i++) {
				assertThat(this.index.contains(id(i))).isEqualTo(this.model.containsKey(id(i)));
			}
			float[] query = this.kind.vector(77);
			List<Hit> hits = this.index.search(query, Math.max(1, this.model.size()));
			assertThat(hits.stream().map(Hit::id)).containsExactlyInAnyOrderElementsOf(this.model.keySet());
			Map<String, Float> fresh = new HashMap<>();
			scores().forEach((hit) -> fresh.put(hit.id(), hit.score()));
			assertThat(hits).allSatisfy((hit) -> assertThat(hit.score()).isEqualTo(fresh.get(hit.id())));
		}

		/** What an index says that was never anything but what the map holds now. */
		private List<Hit> scores() {
			VectorIndex fresh = this.kind.empty();
			List<String> ids = List.copyOf(this.model.keySet());
			fresh.addAll(ids, ids.stream().map(this.model::get).toArray(float[][]::new));
			return fresh.search(this.kind.vector(77), IDS);
		}

	}

	@Property(tries = 120)
	void anIndexIsAMapThatCanBeSearched(@ForAll("cases") IndexCase kind, @ForAll("calls") List<Integer> calls) {
		Pair pair = new Pair(kind);
		calls.forEach(pair::call);
		pair.isAlike();
	}

	@Property(tries = 60)
	void aFilteredSearchIsAFullOneWithoutTheRest(@ForAll("cases") IndexCase kind, @ForAll long seed) {
		Random random = new Random(seed);
		VectorIndex index = kind.filled("id", seed, 1 + random.nextInt(150));
		int size = index.size();
		index.deleteAll(TestVectors.ids("id", random.nextInt(size)));
		List<String> some = TestVectors.ids("id", size).stream().filter((id) -> random.nextBoolean()).toList();
		float[] query = kind.vector(seed + 1);
		int topK = 1 + random.nextInt(40);
		// as many as are scored again, so that a filter does not change which those are
		SearchRequest.Builder request = SearchRequest.of(query).topK(size);
		List<Hit> all = index.search(request.build());
		for (boolean negated : new boolean[] { false, true }) {
			Set<String> chosen = Set.copyOf(some);
			List<Hit> expected = all.stream().filter((hit) -> chosen.contains(hit.id()) != negated).toList();
			IdFilter filter = negated ? IdFilter.not(some) : IdFilter.of(some);
			assertThat(index.search(request.among(filter).build())).isEqualTo(expected);
			if (!kind.name().contains("full precision")) {
				assertThat(index.search(SearchRequest.of(query).topK(topK).among(filter).build()))
					.isEqualTo(expected.subList(0, Math.min(topK, expected.size())));
			}
		}
	}

	@Property(tries = 60)
	void aBatchIsALoop(@ForAll("cases") IndexCase kind, @ForAll long seed) {
		Random random = new Random(seed);
		int rows = random.nextInt(100);
		VectorIndex batch = kind.filled("id", seed, rows);
		VectorIndex loop = kind.empty();
		float[][] vectors = kind.vectors(seed, rows);
		for (int i = 0; i < rows; i++) {
			loop.add("id-" + i, vectors[i]);
		}
		assertThat(IndexCase.savedBytes(loop)).isEqualTo(IndexCase.savedBytes(batch));
		List<String> some = new ArrayList<>(TestVectors.ids("id", rows / 2));
		batch.deleteAll(some);
		some.forEach(loop::delete);
		assertThat(IndexCase.savedBytes(loop)).isEqualTo(IndexCase.savedBytes(batch));
		List<SearchRequest> requests = Arrays.stream(kind.vectors(seed + 2, 20))
			.map((query) -> SearchRequest.of(query).topK(1 + random.nextInt(30)).build())
			.toList();
		assertThat(batch.searchAll(requests))
			.isEqualTo(requests.stream().map(loop::search).collect(Collectors.toList()));
	}

}
