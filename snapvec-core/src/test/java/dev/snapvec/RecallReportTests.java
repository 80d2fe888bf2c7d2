package dev.snapvec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link VectorIndex#recall}.
 */
class RecallReportTests {

	private static final int ROWS = 600;

	private static final int DIMENSION = 24;

	static List<IndexCase> cases() {
		return IndexCase.all();
	}

	private static IvfPqSnapIndex lists(boolean fullPrecision) {
		IvfPqSnapIndex index = IvfPqSnapIndex.builder(DIMENSION)
			.nlist(20)
			.nprobe(20)
			.subspaces(6)
			.centroids(16)
			.keepFullPrecision(fullPrecision)
			.build();
		float[][] vectors = TestVectors.random(1, ROWS, DIMENSION);
		index.fit(vectors);
		index.addAll(TestVectors.ids("id", ROWS), vectors);
		return index;
	}

	@ParameterizedTest
	@MethodSource("cases")
	void searchesThatLookAtAllRowsFindAllThereIs(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, 150);
		RecallReport report = index.recall(RecallOptions.defaults());
		boolean pooled = kind.name().contains("full precision");
		assertThat(report.reference())
			.isEqualTo(pooled ? RecallReport.Reference.FULL_PRECISION : RecallReport.Reference.CODES);
		assertThat(report.samples()).isEqualTo(100);
		assertThat(report.topK()).isEqualTo(10);
		if (pooled) {
			report = index.recall(RecallOptions.defaults().rerank(150));
		}
		assertThat(report.recall()).isEqualTo(1);
		assertThat(report.lowest()).isEqualTo(1);
		assertThat(report.standardError()).isZero();
	}

	@Test
	void fewerListsFindLess() {
		for (IvfPqSnapIndex index : List.of(lists(true), lists(false))) {
			double previous = 0;
			for (int nprobe : new int[] { 1, 4, 20 }) {
				RecallReport report = index.recall(RecallOptions.defaults().nprobe(nprobe));
				assertThat(report.nprobe()).isEqualTo(nprobe);
				assertThat(report.recall()).isGreaterThan(previous);
				previous = report.recall();
			}
			assertThat(index.recall(RecallOptions.defaults().nprobe(1)).recall()).isLessThan(0.7);
		}
	}

	@Test
	void codesAloneFindLessThanFullPrecision() {
		IvfPqSnapIndex index = lists(true);
		double codes = index.recall(RecallOptions.defaults().rerank(0)).recall();
		double pooled = index.recall(RecallOptions.defaults().rerank(50)).recall();
		assertThat(codes).isLessThan(pooled);
		assertThat(index.recall(RecallOptions.defaults().rerank(ROWS)).recall()).isEqualTo(1);
	}

	@Test
	void aFirstPassFindsLessThanBothStages() {
		ResidualSnapIndex index = ResidualSnapIndex.builder(DIMENSION).coarseBits(2).rerank(11).build();
		index.addAll(TestVectors.ids("id", ROWS), TestVectors.random(1, ROWS, DIMENSION));
		RecallReport first = index.recall(RecallOptions.defaults());
		assertThat(first.rerank()).isEqualTo(11);
		assertThat(first.recall()).isLessThan(0.95);
		assertThat(index.recall(RecallOptions.defaults().rerank(0)).recall()).isEqualTo(1);
	}

	/** The figure is what searching by the API for every row would give. */
	@Test
	void theFigureIsThatOfSearchesForTheStoredVectors() {
		IvfPqSnapIndex index = lists(true);
		index.deleteAll(TestVectors.ids("id", 50));
		double sum = 0;
		double lowest = 1;
		for (int i = 50; i < ROWS; i++) {
			float[] query = index.vector("id-" + i).orElseThrow();
			Set<String> truth = new HashSet<>(others(index, SearchRequest.of(query).nprobe(20).rerank(ROWS), i));
			truth.retainAll(others(index, SearchRequest.of(query).nprobe(3).rerank(20), i));
			sum += truth.size() / 10.0;
			lowest = Math.min(lowest, truth.size() / 10.0);
		}
		RecallReport report = index.recall(RecallOptions.defaults().samples(10 * ROWS).nprobe(3).rerank(20));
		assertThat(report.samples()).isEqualTo(ROWS - 50);
		assertThat(report.recall()).isCloseTo(sum / (ROWS - 50), within(2e-3));
		assertThat(report.lowest()).isEqualTo(lowest);
		RecallReport sampled = index.recall(RecallOptions.defaults().nprobe(3).rerank(20));
		assertThat(sampled.standardError()).isBetween(0.005, 0.05);
		assertThat(sampled.recall()).isCloseTo(report.recall(), within(4 * sampled.standardError()));
	}

	private static List<String> others(VectorIndex index, SearchRequest.Builder request, int self) {
		List<String> ids = new ArrayList<>(index.search(request.topK(11).build()).stream().map(Hit::id).toList());
		ids.remove("id-" + self);
		return ids.subList(0, 10);
	}

	@Test
	void theSeedSettlesWhichRowsAreDrawn() {
		IvfPqSnapIndex index = lists(false);
		RecallOptions options = RecallOptions.defaults().samples(20).nprobe(2);
		assertThat(index.recall(options.seed(1))).isEqualTo(index.recall(options.seed(1)));
		Set<RecallReport> reports = new HashSet<>();
		for (int seed = 0; seed < 5; seed++) {
			reports.add(index.recall(options.seed(seed)));
		}
		assertThat(reports).hasSizeGreaterThan(1);
	}

	@Test
	void fewRowsAreComparedWithAsManyAsThereAre() {
		SnapIndex index = SnapIndex.builder(DIMENSION).build();
		index.addAll(TestVectors.ids("id", 4), TestVectors.random(1, 4, DIMENSION));
		RecallReport report = index.recall(RecallOptions.defaults());
		assertThat(report.samples()).isEqualTo(4);
		assertThat(report.topK()).isEqualTo(3);
		assertThat(report.recall()).isEqualTo(1);
	}

	@Test
	void withoutTwoRowsThereIsNothingToMeasure() {
		SnapIndex index = SnapIndex.builder(DIMENSION).build();
		assertThatIllegalStateException().isThrownBy(() -> index.recall(RecallOptions.defaults()))
			.withMessage("recall needs at least 2 rows with nonzero vectors; the index holds 0 rows");
		index.add("zero", new float[DIMENSION]);
		index.add("one", TestVectors.random(1, 1, DIMENSION)[0]);
		index.delete("zero");
		assertThatIllegalStateException().isThrownBy(() -> index.recall(RecallOptions.defaults()))
			.withMessageContaining("holds 1 rows");
	}

	@Test
	void anIndexThatHasNotLearnedIsRefused() {
		PqSnapIndex index = PqSnapIndex.builder(DIMENSION).subspaces(6).build();
		assertThatExceptionOfType(NotFittedException.class).isThrownBy(() -> index.recall(RecallOptions.defaults()));
	}

	@Test
	void optionsOutOfTheirRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RecallOptions.defaults().samples(0))
			.withMessage("samples must be at least 1, but was 0");
		assertThatIllegalArgumentException().isThrownBy(() -> RecallOptions.defaults().topK(0));
		IvfPqSnapIndex index = lists(false);
		assertThatIllegalArgumentException().isThrownBy(() -> index.recall(RecallOptions.defaults().nprobe(21)))
			.withMessageContaining("must be 1 to 20");
		assertThatIllegalArgumentException().isThrownBy(() -> index.recall(RecallOptions.defaults().rerank(100)))
			.withMessageContaining("without keepFullPrecision");
	}

	@Test
	void neitherListenersNorTheCacheOfAHandleNotice() {
		SafeIndex handle = new SafeIndex("products", lists(true));
		List<Integer> searched = new ArrayList<>();
		handle.addListener(new IndexListener() {

			@Override
			public void searched(SafeIndex index, long nanos, int hits) {
				searched.add(hits);
			}

		});
		handle.searchCache((request, generation, search) -> {
			throw new AssertionError("the cache was asked");
		});
		long generation = handle.generation();
		assertThat(handle.recall(RecallOptions.defaults().samples(3)).samples()).isEqualTo(3);
		assertThat(searched).isEmpty();
		assertThat(handle.generation()).isEqualTo(generation);
	}

}
