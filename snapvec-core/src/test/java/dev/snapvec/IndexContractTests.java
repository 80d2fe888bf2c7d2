package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link VectorIndex} promises, for all types and options.
 */
@ParameterizedClass
@MethodSource("dev.snapvec.IndexCase#all")
class IndexContractTests {

	private static final int ROWS = 150;

	private static final List<String> ODD_IDS = List.of("", "grün", "日本語", "🦀", "-1", "-9223372036854775808",
			"9223372036854775807", "9223372036854775808", "9007199254740993", "007", "7", "-0", "0", "+1", "1e5",
			"100000", "1.5", " 1", "NaN", "null", "a\u0000b", "\n", "٣", "x".repeat(65_535), "é".repeat(32_767));

	@TempDir
	Path directory;

	private final IndexCase kind;

	IndexContractTests(IndexCase kind) {
		this.kind = kind;
	}

	private VectorIndex filled() {
		return this.kind.filled("id", 1, ROWS);
	}

	private List<Hit> search(VectorIndex index, int topK) {
		return index.search(this.kind.vector(99), topK);
	}

	private static List<String> ids(List<Hit> hits) {
		return hits.stream().map(Hit::id).toList();
	}

	private VectorIndex saveAndLoad(VectorIndex index) {
		Path file = this.directory.resolve("index");
		index.save(file);
		return VectorIndex.load(file);
	}

	@Test
	void holdsNothingAtFirst() {
		VectorIndex index = this.kind.empty();
		assertThat(index.size()).isZero();
		assertThat(index.contains("id-0")).isFalse();
		assertThat(index.delete("id-0")).isFalse();
		assertThat(search(index, 5)).isEmpty();
		assertThat(saveAndLoad(index).size()).isZero();
		index.compact();
		index.freeze();
		assertThat(search(index, 5)).isEmpty();
	}

	@Test
	void holdsWhatWasAdded() {
		VectorIndex index = this.kind.empty();
		float[][] vectors = this.kind.vectors(1, 3);
		index.add("a", vectors[0]);
		index.addAll(List.of("b", "c"), new float[][] { vectors[1], vectors[2] });
		index.addAll(List.of(), new float[0][]);
		assertThat(index.size()).isEqualTo(3);
		assertThat(List.of("a", "b", "c")).allMatch(index::contains);
		assertThat(index.contains("d")).isFalse();
		assertThat(ids(search(index, 3))).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void doesNotChangeTheVectorsItIsGiven() {
		VectorIndex index = this.kind.empty();
		float[][] vectors = this.kind.vectors(1, 5);
		index.addAll(TestVectors.ids("id", 5), vectors);
		assertThat(vectors).isDeepEqualTo(this.kind.vectors(1, 5));
		float[] query = vectors[0].clone();
		index.search(query, 2);
		assertThat(query).containsExactly(vectors[0]);
	}

	@Test
	void findsAVectorByItself() {
		VectorIndex index = filled();
		float[][] vectors = this.kind.vectors(1, ROWS);
		int found = 0;
		for (int i = 0; i < ROWS; i++) {
			found += ids(index.search(vectors[i], 10)).contains("id-" + i) ? 1 : 0;
		}
		assertThat(found).isGreaterThan(ROWS * 3 / 4);
	}

	@Test
	void answersBestFirstAndASmallerTopKWithTheSameBeginning() {
		VectorIndex index = filled();
		List<Hit> all = search(index, ROWS);
		assertThat(all).hasSize(ROWS);
		for (int i = 1; i < all.size(); i++) {
			assertThat(all.get(i).score()).isLessThanOrEqualTo(all.get(i - 1).score());
		}
		// a small topK may rerank fewer rows than there are, so compare scores of one
		// pass
		if (!this.kind.name().contains("full precision")) {
			assertThat(search(index, 7)).isEqualTo(all.subList(0, 7));
		}
		assertThat(search(index, ROWS * 3)).isEqualTo(all);
		assertThat(search(index, Integer.MAX_VALUE)).isEqualTo(all);
		assertThat(ids(all)).doesNotHaveDuplicates();
	}

	@Test
	void scoresDoNotDependOnTheLengthOfTheQuery() {
		VectorIndex index = filled();
		float[] query = this.kind.vector(99);
		float[] longer = query.clone();
		for (int i = 0; i < longer.length; i++) {
			longer[i] *= 64;
		}
		assertThat(index.search(longer, 20)).isEqualTo(index.search(query, 20));
	}

	@Test
	void findsNothingForAZeroQuery() {
		VectorIndex index = filled();
		assertThat(index.search(new float[index.dimension()], 5)).isEmpty();
	}

	@Test
	void upsertReplacesOrAdds() {
		VectorIndex index = this.kind.empty();
		float[][] vectors = this.kind.vectors(5, 40);
		index.addAll(TestVectors.ids("id", 30), this.kind.vectors(1, 30));
		index.upsertAll(TestVectors.ids("id", 40), vectors);
		index.upsert("id-39", vectors[39]);
		assertThat(index.size()).isEqualTo(40);
		VectorIndex fresh = this.kind.empty();
		fresh.addAll(TestVectors.ids("id", 40), vectors);
		assertThat(search(index, 40)).containsExactlyInAnyOrderElementsOf(search(fresh, 40));
	}

	@Test
	void deleteRemoves() {
		VectorIndex index = filled();
		assertThat(index.delete("id-3")).isTrue();
		assertThat(index.delete("id-3")).isFalse();
		assertThat(index.deleteAll(List.of("id-3", "id-4", "unknown", "id-5", "id-5"))).isEqualTo(2);
		assertThat(index.size()).isEqualTo(ROWS - 3);
		assertThat(index.contains("id-4")).isFalse();
		assertThat(ids(search(index, ROWS))).hasSize(ROWS - 3).doesNotContain("id-3", "id-4", "id-5");
		index.add("id-4", this.kind.vector(6));
		assertThat(index.contains("id-4")).isTrue();
		assertThat(ids(search(index, ROWS))).hasSize(ROWS - 2).contains("id-4");
	}

	@Test
	void canBeEmptiedAndFilledAgain() {
		VectorIndex index = filled();
		assertThat(index.deleteAll(TestVectors.ids("id", ROWS))).isEqualTo(ROWS);
		assertThat(index.size()).isZero();
		assertThat(search(index, 5)).isEmpty();
		assertThat(saveAndLoad(index).size()).isZero();
		index.compact();
		assertThat(index.size()).isZero();
		index.addAll(TestVectors.ids("id", ROWS), this.kind.vectors(1, ROWS));
		assertThat(search(index, 20)).isEqualTo(search(filled(), 20));
	}

	@Test
	void filtersRestrictWhatIsFound() {
		VectorIndex index = filled();
		index.delete("id-11");
		float[] query = this.kind.vector(99);
		List<String> allowed = List.of("id-1", "id-2", "id-2", "id-11", "unknown", "id-77");
		assertThat(ids(index.search(SearchRequest.of(query).topK(10).among(IdFilter.of(allowed)).build())))
			.containsExactlyInAnyOrder("id-1", "id-2", "id-77");
		assertThat(ids(index.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not(allowed)).build())))
			.hasSize(ROWS - 4)
			.doesNotContainAnyElementsOf(allowed);
		assertThat(index.search(SearchRequest.of(query).among(IdFilter.of("unknown")).build())).isEmpty();
		assertThat(index.search(SearchRequest.of(query).among(IdFilter.of()).build())).isEmpty();
		assertThat(index.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not()).build()))
			.isEqualTo(search(index, ROWS));
		assertThat(index
			.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not(TestVectors.ids("id", ROWS))).build()))
			.isEmpty();
	}

	@Test
	void aFilterFollowsTheIndex() {
		VectorIndex index = filled();
		IdFilter filter = IdFilter.of("id-1", "late");
		SearchRequest request = SearchRequest.of(this.kind.vector(99)).among(filter).build();
		assertThat(ids(index.search(request))).containsExactly("id-1");
		index.add("late", this.kind.vector(8));
		assertThat(ids(index.search(request))).containsExactlyInAnyOrder("id-1", "late");
		index.delete("id-1");
		assertThat(ids(index.search(request))).containsExactly("late");
		index.compact();
		assertThat(ids(index.search(request))).containsExactly("late");
		assertThat(ids(filled().search(request))).containsExactly("id-1");
	}

	@Test
	void compactingAndFreezingChangeNoAnswer() {
		VectorIndex index = filled();
		index.deleteAll(TestVectors.ids("id", 40));
		index.upsert("id-50", this.kind.vector(9));
		List<Hit> before = search(index, ROWS);
		assertThat(index.stats().deadRows()).isEqualTo(41);
		index.compact();
		assertThat(index.stats().deadRows()).isZero();
		assertThat(index.size()).isEqualTo(ROWS - 40);
		assertThat(search(index, ROWS)).isEqualTo(before);
		index.freeze();
		assertThat(index.isFrozen()).isTrue();
		assertThat(search(index, ROWS)).isEqualTo(before);
		index.freeze();
		index.unfreeze();
		index.unfreeze();
		assertThat(index.isFrozen()).isFalse();
		index.add("more", this.kind.vector(10));
		assertThat(index.contains("more")).isTrue();
		assertThat(ids(search(index, ROWS))).contains("more").hasSize(before.size() + 1);
	}

	@Test
	void aLoadedIndexAnswersTheSame() {
		VectorIndex index = filled();
		index.deleteAll(List.of("id-0", "id-149", "id-64"));
		index.upsert("id-20", this.kind.vector(9));
		VectorIndex loaded = saveAndLoad(index);
		assertThat(loaded.getClass()).isEqualTo(index.getClass());
		assertThat(loaded.dimension()).isEqualTo(index.dimension());
		assertThat(loaded.isFrozen()).isFalse();
		assertThat(loaded.stats().parameters()).isEqualTo(index.stats().parameters());
		assertThat(search(loaded, ROWS)).isEqualTo(search(index, ROWS));
		assertThat(search(loaded, 10)).isEqualTo(search(index, 10));
		assertThat(loaded.size()).isEqualTo(ROWS - 3);
	}

	@Test
	void aLoadedIndexCanBeChangedLikeTheOneSaved() {
		VectorIndex index = filled();
		VectorIndex loaded = saveAndLoad(index);
		for (VectorIndex each : List.of(index, loaded)) {
			each.addAll(TestVectors.ids("new", 70), this.kind.vectors(3, 70));
			each.deleteAll(TestVectors.ids("id", 30));
			each.upsert("id-100", this.kind.vector(4));
		}
		assertThat(search(loaded, 300)).isEqualTo(search(index, 300));
		assertThat(IndexCase.savedBytes(loaded)).isEqualTo(IndexCase.savedBytes(index));
	}

	@Test
	void aFileSavedAfterDeletesHoldsLiveRowsOnly() {
		VectorIndex index = filled();
		index.deleteAll(TestVectors.ids("id", 100));
		VectorIndex fresh = this.kind.empty();
		float[][] vectors = this.kind.vectors(1, ROWS);
		for (int i = 100; i < ROWS; i++) {
			fresh.add("id-" + i, vectors[i]);
		}
		assertThat(IndexCase.savedBytes(index)).isEqualTo(IndexCase.savedBytes(fresh));
		assertThat(saveAndLoad(index).stats().deadRows()).isZero();
	}

	@Test
	void savesTheSameBytesForTheSameContent() {
		VectorIndex index = filled();
		index.attributes(Map.of("model", "m", "made", "today", "z", "", "a", "ü"));
		byte[] bytes = IndexCase.savedBytes(index);
		assertThat(IndexCase.savedBytes(index)).isEqualTo(bytes);
		VectorIndex alike = this.kind.empty();
		List<String> ids = TestVectors.ids("id", ROWS);
		float[][] vectors = this.kind.vectors(1, ROWS);
		for (int i = 0; i < ROWS; i++) {
			alike.add(ids.get(i), vectors[i]);
		}
		alike.attributes(Map.of("a", "ü", "z", "", "made", "today", "model", "m"));
		assertThat(IndexCase.savedBytes(alike)).isEqualTo(bytes);
		assertThat(IndexCase.savedBytes(saveAndLoad(index))).isEqualTo(bytes);
		index.freeze();
		assertThat(IndexCase.savedBytes(index)).isEqualTo(bytes);
	}

	@Test
	void attributesSurvive() {
		VectorIndex index = filled();
		assertThat(index.attributes()).isEmpty();
		Map<String, String> attributes = Map.of("model", "bge-small", "", "no name", "no value", "", "größe", "日本",
				"SATT", "SATTCRC2", "long", "x".repeat(100_000));
		index.attributes(attributes);
		VectorIndex loaded = saveAndLoad(index);
		assertThat(loaded.attributes()).isEqualTo(attributes);
		assertThat(search(loaded, 10)).isEqualTo(search(index, 10));
		loaded.attributes(Map.of());
		assertThat(saveAndLoad(loaded).attributes()).isEmpty();
	}

	@Test
	void oddIdsSurvive() {
		VectorIndex index = this.kind.empty();
		index.addAll(ODD_IDS, this.kind.vectors(1, ODD_IDS.size()));
		assertThat(index.size()).isEqualTo(ODD_IDS.size());
		VectorIndex loaded = saveAndLoad(index);
		for (VectorIndex each : List.of(index, loaded)) {
			assertThat(ODD_IDS).allMatch(each::contains);
			assertThat(Set.copyOf(ids(search(each, ODD_IDS.size())))).isEqualTo(Set.copyOf(ODD_IDS));
			assertThat(List.of("00", "-00", "8", "1e6", "x".repeat(65_534))).noneMatch(each::contains);
			for (String id : ODD_IDS) {
				SearchRequest request = SearchRequest.of(this.kind.vector(99)).among(IdFilter.of(id)).build();
				assertThat(ids(each.search(request))).containsExactly(id);
			}
			for (String id : ODD_IDS) {
				assertThat(each.delete(id)).isTrue();
				assertThat(each.contains(id)).isFalse();
			}
			assertThat(each.size()).isZero();
		}
	}

	@Test
	void manySearchesAtOnceAnswerLikeOneByOne() {
		VectorIndex index = filled();
		List<SearchRequest> requests = new ArrayList<>();
		for (float[] query : this.kind.vectors(50, 40)) {
			requests.add(SearchRequest.of(query).topK(1 + requests.size()).build());
			requests.add(SearchRequest.of(query).among(IdFilter.not("id-1", "id-2")).build());
		}
		List<List<Hit>> oneByOne = requests.stream().map(index::search).toList();
		assertThat(index.searchAll(requests)).isEqualTo(oneByOne);
		ExecutorService executor = Executors.newFixedThreadPool(3);
		try {
			assertThat(index.searchAll(requests, executor)).isEqualTo(oneByOne);
		}
		finally {
			executor.shutdown();
		}
		assertThat(index.searchAll(List.of())).isEmpty();
	}

	@Test
	void statsCountRows() {
		VectorIndex index = filled();
		index.deleteAll(List.of("id-1", "id-2"));
		IndexStats stats = index.stats();
		assertThat(stats.type()).isEqualTo(index.getClass().getSimpleName());
		assertThat(stats.size()).isEqualTo(ROWS - 2);
		assertThat(stats.deadRows()).isEqualTo(2);
		assertThat(stats.dimension()).isEqualTo(index.dimension());
		assertThat(stats.tailRows()).isEqualTo((index instanceof IvfPqSnapIndex) ? ROWS : 0);
		assertThat(stats.heapBytes()).isGreaterThan((long) stats.bytesPerRow() * ROWS);
		assertThat(stats.frozen()).isFalse();
		index.freeze();
		assertThat(index.stats().frozen()).isTrue();
		assertThat(index.stats().tailRows()).isZero();
	}

	@Test
	void spansManyBlocks() {
		VectorIndex index = this.kind.empty();
		int rows = 9_000;
		float[][] vectors = this.kind.vectors(1, rows);
		List<String> ids = TestVectors.ids("id", rows);
		index.addAll(ids.subList(0, 100), Arrays.copyOf(vectors, 100));
		index.addAll(ids.subList(100, rows), Arrays.copyOfRange(vectors, 100, rows));
		List<String> deleted = ids.stream().filter((id) -> id.endsWith("7")).toList();
		index.deleteAll(deleted);
		Set<String> expected = new TreeSet<>(ids);
		deleted.forEach(expected::remove);
		assertThat(new TreeSet<>(ids(search(index, rows)))).isEqualTo(expected);
		VectorIndex loaded = saveAndLoad(index);
		index.compact();
		assertThat(search(loaded, 300)).isEqualTo(search(index, 300));
		assertThat(search(loaded, rows)).isEqualTo(search(index, rows));
	}

}
