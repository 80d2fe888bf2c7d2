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

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link VectorIndex} promises, for all types and options.
 */
class IndexContractTests {

	private static final int ROWS = 150;

	private static final List<String> ODD_IDS = List.of("", "grün", "日本語", "🦀", "-1", "-9223372036854775808",
			"9223372036854775807", "9223372036854775808", "9007199254740993", "007", "7", "-0", "0", "+1", "1e5",
			"100000", "1.5", " 1", "NaN", "null", "a\u0000b", "\n", "٣", "x".repeat(65_535), "é".repeat(32_767));

	@TempDir
	Path directory;

	static List<IndexCase> cases() {
		return IndexCase.all();
	}

	private VectorIndex filled(IndexCase kind) {
		return kind.filled("id", 1, ROWS);
	}

	private List<Hit> search(IndexCase kind, VectorIndex index, int topK) {
		return index.search(kind.vector(99), topK);
	}

	private static List<String> ids(List<Hit> hits) {
		return hits.stream().map(Hit::id).toList();
	}

	private VectorIndex saveAndLoad(VectorIndex index) {
		Path file = this.directory.resolve("index");
		index.save(file);
		return VectorIndex.load(file);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void leavesOutHitsBelowTheLowestScore(IndexCase kind) {
		VectorIndex index = filled(kind);
		List<Hit> all = search(kind, index, ROWS);
		for (int kept : new int[] { 0, 1, 7, all.size() }) {
			float lowest = (kept > 0) ? all.get(kept - 1).score() : Math.nextUp(all.get(0).score());
			List<Hit> expected = all.stream().filter((hit) -> hit.score() >= lowest).toList();
			assertThat(index.search(SearchRequest.of(kind.vector(99)).topK(ROWS).minScore(lowest).build()))
				.isEqualTo(expected);
		}
		assertThat(index.search(SearchRequest.of(kind.vector(99)).topK(ROWS).minScore(Float.NEGATIVE_INFINITY).build()))
			.isEqualTo(all);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void holdsNothingAtFirst(IndexCase kind) {
		VectorIndex index = kind.empty();
		assertThat(index.size()).isZero();
		assertThat(index.contains("id-0")).isFalse();
		assertThat(index.delete("id-0")).isFalse();
		assertThat(search(kind, index, 5)).isEmpty();
		assertThat(saveAndLoad(index).size()).isZero();
		index.compact();
		index.freeze();
		assertThat(search(kind, index, 5)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void holdsWhatWasAdded(IndexCase kind) {
		VectorIndex index = kind.empty();
		float[][] vectors = kind.vectors(1, 3);
		index.add("a", vectors[0]);
		index.addAll(List.of("b", "c"), new float[][] { vectors[1], vectors[2] });
		index.addAll(List.of(), new float[0][]);
		assertThat(index.size()).isEqualTo(3);
		assertThat(List.of("a", "b", "c")).allMatch(index::contains);
		assertThat(index.contains("d")).isFalse();
		assertThat(ids(search(kind, index, 3))).containsExactlyInAnyOrder("a", "b", "c");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void doesNotChangeTheVectorsItIsGiven(IndexCase kind) {
		VectorIndex index = kind.empty();
		float[][] vectors = kind.vectors(1, 5);
		index.addAll(TestVectors.ids("id", 5), vectors);
		assertThat(vectors).isDeepEqualTo(kind.vectors(1, 5));
		float[] query = vectors[0].clone();
		index.search(query, 2);
		assertThat(query).containsExactly(vectors[0]);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void findsAVectorByItself(IndexCase kind) {
		VectorIndex index = filled(kind);
		float[][] vectors = kind.vectors(1, ROWS);
		int found = 0;
		for (int i = 0; i < ROWS; i++) {
			found += ids(index.search(vectors[i], 10)).contains("id-" + i) ? 1 : 0;
		}
		assertThat(found).isGreaterThan(ROWS * 3 / 4);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void answersBestFirstAndASmallerTopKWithTheSameBeginning(IndexCase kind) {
		VectorIndex index = filled(kind);
		List<Hit> all = search(kind, index, ROWS);
		assertThat(all).hasSize(ROWS);
		for (int i = 1; i < all.size(); i++) {
			assertThat(all.get(i).score()).isLessThanOrEqualTo(all.get(i - 1).score());
		}
		// a small topK may rerank fewer rows than there are, so compare scores of one
		// pass
		if (!kind.name().contains("full precision")) {
			assertThat(search(kind, index, 7)).isEqualTo(all.subList(0, 7));
		}
		assertThat(search(kind, index, ROWS * 3)).isEqualTo(all);
		assertThat(search(kind, index, Integer.MAX_VALUE)).isEqualTo(all);
		assertThat(ids(all)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void scoresDoNotDependOnTheLengthOfTheQuery(IndexCase kind) {
		VectorIndex index = filled(kind);
		float[] query = kind.vector(99);
		float[] longer = query.clone();
		for (int i = 0; i < longer.length; i++) {
			longer[i] *= 64;
		}
		assertThat(index.search(longer, 20)).isEqualTo(index.search(query, 20));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void findsNothingForAZeroQuery(IndexCase kind) {
		VectorIndex index = filled(kind);
		assertThat(index.search(new float[index.dimension()], 5)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void upsertReplacesOrAdds(IndexCase kind) {
		VectorIndex index = kind.empty();
		float[][] vectors = kind.vectors(5, 40);
		index.addAll(TestVectors.ids("id", 30), kind.vectors(1, 30));
		index.upsertAll(TestVectors.ids("id", 40), vectors);
		index.upsert("id-39", vectors[39]);
		assertThat(index.size()).isEqualTo(40);
		VectorIndex fresh = kind.empty();
		fresh.addAll(TestVectors.ids("id", 40), vectors);
		assertThat(search(kind, index, 40)).containsExactlyInAnyOrderElementsOf(search(kind, fresh, 40));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void deleteRemoves(IndexCase kind) {
		VectorIndex index = filled(kind);
		assertThat(index.delete("id-3")).isTrue();
		assertThat(index.delete("id-3")).isFalse();
		assertThat(index.deleteAll(List.of("id-3", "id-4", "unknown", "id-5", "id-5"))).isEqualTo(2);
		assertThat(index.size()).isEqualTo(ROWS - 3);
		assertThat(index.contains("id-4")).isFalse();
		assertThat(ids(search(kind, index, ROWS))).hasSize(ROWS - 3).doesNotContain("id-3", "id-4", "id-5");
		index.add("id-4", kind.vector(6));
		assertThat(index.contains("id-4")).isTrue();
		assertThat(ids(search(kind, index, ROWS))).hasSize(ROWS - 2).contains("id-4");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void canBeEmptiedAndFilledAgain(IndexCase kind) {
		VectorIndex index = filled(kind);
		assertThat(index.deleteAll(TestVectors.ids("id", ROWS))).isEqualTo(ROWS);
		assertThat(index.size()).isZero();
		assertThat(search(kind, index, 5)).isEmpty();
		assertThat(saveAndLoad(index).size()).isZero();
		index.compact();
		assertThat(index.size()).isZero();
		index.addAll(TestVectors.ids("id", ROWS), kind.vectors(1, ROWS));
		assertThat(search(kind, index, 20)).isEqualTo(search(kind, filled(kind), 20));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void filtersRestrictWhatIsFound(IndexCase kind) {
		VectorIndex index = filled(kind);
		index.delete("id-11");
		float[] query = kind.vector(99);
		List<String> allowed = List.of("id-1", "id-2", "id-2", "id-11", "unknown", "id-77");
		assertThat(ids(index.search(SearchRequest.of(query).topK(10).among(IdFilter.of(allowed)).build())))
			.containsExactlyInAnyOrder("id-1", "id-2", "id-77");
		assertThat(ids(index.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not(allowed)).build())))
			.hasSize(ROWS - 4)
			.doesNotContainAnyElementsOf(allowed);
		assertThat(index.search(SearchRequest.of(query).among(IdFilter.of("unknown")).build())).isEmpty();
		assertThat(index.search(SearchRequest.of(query).among(IdFilter.of()).build())).isEmpty();
		assertThat(index.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not()).build()))
			.isEqualTo(search(kind, index, ROWS));
		assertThat(index
			.search(SearchRequest.of(query).topK(ROWS).among(IdFilter.not(TestVectors.ids("id", ROWS))).build()))
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aFilterFollowsTheIndex(IndexCase kind) {
		VectorIndex index = filled(kind);
		IdFilter filter = IdFilter.of("id-1", "late");
		SearchRequest request = SearchRequest.of(kind.vector(99)).among(filter).build();
		assertThat(ids(index.search(request))).containsExactly("id-1");
		index.add("late", kind.vector(8));
		assertThat(ids(index.search(request))).containsExactlyInAnyOrder("id-1", "late");
		index.delete("id-1");
		assertThat(ids(index.search(request))).containsExactly("late");
		index.compact();
		assertThat(ids(index.search(request))).containsExactly("late");
		assertThat(ids(filled(kind).search(request))).containsExactly("id-1");
	}

	@ParameterizedTest
	@MethodSource("cases")
	void compactingAndFreezingChangeNoAnswer(IndexCase kind) {
		VectorIndex index = filled(kind);
		index.deleteAll(TestVectors.ids("id", 40));
		index.upsert("id-50", kind.vector(9));
		List<Hit> before = search(kind, index, ROWS);
		assertThat(index.stats().deadRows()).isEqualTo(41);
		index.compact();
		assertThat(index.stats().deadRows()).isZero();
		assertThat(index.size()).isEqualTo(ROWS - 40);
		assertThat(search(kind, index, ROWS)).isEqualTo(before);
		index.freeze();
		assertThat(index.isFrozen()).isTrue();
		assertThat(search(kind, index, ROWS)).isEqualTo(before);
		index.freeze();
		index.unfreeze();
		index.unfreeze();
		assertThat(index.isFrozen()).isFalse();
		index.add("more", kind.vector(10));
		assertThat(index.contains("more")).isTrue();
		assertThat(ids(search(kind, index, ROWS))).contains("more").hasSize(before.size() + 1);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aLoadedIndexAnswersTheSame(IndexCase kind) {
		VectorIndex index = filled(kind);
		index.deleteAll(List.of("id-0", "id-149", "id-64"));
		index.upsert("id-20", kind.vector(9));
		VectorIndex loaded = saveAndLoad(index);
		assertThat(loaded.getClass()).isEqualTo(index.getClass());
		assertThat(loaded.dimension()).isEqualTo(index.dimension());
		assertThat(loaded.isFrozen()).isFalse();
		assertThat(loaded.stats().parameters()).isEqualTo(index.stats().parameters());
		assertThat(search(kind, loaded, ROWS)).isEqualTo(search(kind, index, ROWS));
		assertThat(search(kind, loaded, 10)).isEqualTo(search(kind, index, 10));
		assertThat(loaded.size()).isEqualTo(ROWS - 3);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aLoadedIndexCanBeChangedLikeTheOneSaved(IndexCase kind) {
		VectorIndex index = filled(kind);
		VectorIndex loaded = saveAndLoad(index);
		for (VectorIndex each : List.of(index, loaded)) {
			each.addAll(TestVectors.ids("new", 70), kind.vectors(3, 70));
			each.deleteAll(TestVectors.ids("id", 30));
			each.upsert("id-100", kind.vector(4));
		}
		assertThat(search(kind, loaded, 300)).isEqualTo(search(kind, index, 300));
		assertThat(IndexCase.savedBytes(loaded)).isEqualTo(IndexCase.savedBytes(index));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aFileSavedAfterDeletesHoldsLiveRowsOnly(IndexCase kind) {
		VectorIndex index = filled(kind);
		index.deleteAll(TestVectors.ids("id", 100));
		VectorIndex fresh = kind.empty();
		float[][] vectors = kind.vectors(1, ROWS);
		for (int i = 100; i < ROWS; i++) {
			fresh.add("id-" + i, vectors[i]);
		}
		assertThat(IndexCase.savedBytes(index)).isEqualTo(IndexCase.savedBytes(fresh));
		assertThat(saveAndLoad(index).stats().deadRows()).isZero();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void savesTheSameBytesForTheSameContent(IndexCase kind) {
		VectorIndex index = filled(kind);
		index.attributes(Map.of("model", "m", "made", "today", "z", "", "a", "ü"));
		byte[] bytes = IndexCase.savedBytes(index);
		assertThat(IndexCase.savedBytes(index)).isEqualTo(bytes);
		VectorIndex alike = kind.empty();
		List<String> ids = TestVectors.ids("id", ROWS);
		float[][] vectors = kind.vectors(1, ROWS);
		for (int i = 0; i < ROWS; i++) {
			alike.add(ids.get(i), vectors[i]);
		}
		alike.attributes(Map.of("a", "ü", "z", "", "made", "today", "model", "m"));
		assertThat(IndexCase.savedBytes(alike)).isEqualTo(bytes);
		assertThat(IndexCase.savedBytes(saveAndLoad(index))).isEqualTo(bytes);
		index.freeze();
		assertThat(IndexCase.savedBytes(index)).isEqualTo(bytes);
	}

	@ParameterizedTest
	@MethodSource("cases")
	void attributesSurvive(IndexCase kind) {
		VectorIndex index = filled(kind);
		assertThat(index.attributes()).isEmpty();
		Map<String, String> attributes = Map.of("model", "bge-small", "", "no name", "no value", "", "größe", "日本",
				"SATT", "SATTCRC2", "long", "x".repeat(100_000));
		index.attributes(attributes);
		VectorIndex loaded = saveAndLoad(index);
		assertThat(loaded.attributes()).isEqualTo(attributes);
		assertThat(search(kind, loaded, 10)).isEqualTo(search(kind, index, 10));
		loaded.attributes(Map.of());
		assertThat(saveAndLoad(loaded).attributes()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void oddIdsSurvive(IndexCase kind) {
		VectorIndex index = kind.empty();
		index.addAll(ODD_IDS, kind.vectors(1, ODD_IDS.size()));
		assertThat(index.size()).isEqualTo(ODD_IDS.size());
		VectorIndex loaded = saveAndLoad(index);
		for (VectorIndex each : List.of(index, loaded)) {
			assertThat(ODD_IDS).allMatch(each::contains);
			assertThat(Set.copyOf(ids(search(kind, each, ODD_IDS.size())))).isEqualTo(Set.copyOf(ODD_IDS));
			assertThat(List.of("00", "-00", "8", "1e6", "x".repeat(65_534))).noneMatch(each::contains);
			for (String id : ODD_IDS) {
				SearchRequest request = SearchRequest.of(kind.vector(99)).among(IdFilter.of(id)).build();
				assertThat(ids(each.search(request))).containsExactly(id);
			}
			for (String id : ODD_IDS) {
				assertThat(each.delete(id)).isTrue();
				assertThat(each.contains(id)).isFalse();
			}
			assertThat(each.size()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void manySearchesAtOnceAnswerLikeOneByOne(IndexCase kind) {
		VectorIndex index = filled(kind);
		List<SearchRequest> requests = new ArrayList<>();
		for (float[] query : kind.vectors(50, 40)) {
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

	@ParameterizedTest
	@MethodSource("cases")
	void statsCountRows(IndexCase kind) {
		VectorIndex index = filled(kind);
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

	@ParameterizedTest
	@MethodSource("cases")
	void spansManyBlocks(IndexCase kind) {
		VectorIndex index = kind.empty();
		int rows = 9_000;
		float[][] vectors = kind.vectors(1, rows);
		List<String> ids = TestVectors.ids("id", rows);
		index.addAll(ids.subList(0, 100), Arrays.copyOf(vectors, 100));
		index.addAll(ids.subList(100, rows), Arrays.copyOfRange(vectors, 100, rows));
		List<String> deleted = ids.stream().filter((id) -> id.endsWith("7")).toList();
		index.deleteAll(deleted);
		Set<String> expected = new TreeSet<>(ids);
		deleted.forEach(expected::remove);
		assertThat(new TreeSet<>(ids(search(kind, index, rows)))).isEqualTo(expected);
		VectorIndex loaded = saveAndLoad(index);
		index.compact();
		assertThat(search(kind, loaded, 300)).isEqualTo(search(kind, index, 300));
		assertThat(search(kind, loaded, rows)).isEqualTo(search(kind, index, rows));
	}

}
