package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Vectors without a direction, and those whose squares float32 cannot hold: what ADR 9
 * decides, for every type.
 */
class ZeroVectorTests {

	private static final int ROWS = 80;

	@TempDir
	private Path directory;

	/** Whose scores are corrected, and whose vectors may have any norm. */
	static List<IndexCase> cases() {
		List<IndexCase> cases = new ArrayList<>(IndexCase.all()
			.stream()
			.filter((kind) -> !kind.normalized() && !kind.name().contains("uncorrected"))
			.toList());
		cases.add(new IndexCase("residual dot", false,
				() -> ResidualSnapIndex.builder(24).similarity(Similarity.DOT_PRODUCT).build()));
		cases.add(new IndexCase("pq dot", false,
				() -> PqSnapIndex.builder(24).subspaces(6).centroids(20).similarity(Similarity.DOT_PRODUCT).build()));
		cases.add(new IndexCase("ivf-pq dot full precision", false,
				() -> IvfPqSnapIndex.builder(24)
					.nlist(4)
					.nprobe(4)
					.subspaces(6)
					.centroids(256)
					.keepFullPrecision(true)
					.similarity(Similarity.DOT_PRODUCT)
					.build()));
		return cases;
	}

	static List<IndexCase> trainable() {
		return cases().stream().filter((kind) -> kind.unfitted() instanceof TrainableIndex).toList();
	}

	/** Searches of all rows, without and with a second pass. */
	private static List<List<Hit>> searches(VectorIndex index, float[] query) {
		List<List<Hit>> searches = new ArrayList<>();
		searches.add(index.search(query, index.size()));
		if (index instanceof ResidualSnapIndex
				|| index.stats().parameters().get("keepFullPrecision") == (Object) true) {
			for (int rerank : new int[] { 0, index.size() }) {
				searches.add(index.search(SearchRequest.of(query).topK(index.size()).rerank(rerank).build()));
			}
		}
		return searches;
	}

	private static float score(List<Hit> hits, String id) {
		return hits.stream().filter((hit) -> hit.id().equals(id)).findFirst().orElseThrow().score();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aZeroVectorIsKeptAndScoresZero(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, ROWS);
		index.add("zero", new float[kind.dimension()]);
		float[] minusZero = new float[kind.dimension()];
		Arrays.fill(minusZero, -0f);
		index.upsert("id-7", minusZero);
		assertZero(kind, index);
		index.delete("id-3");
		index.compact();
		assertZero(kind, index);
		index.save(this.directory.resolve("index"));
		assertZero(kind, VectorIndex.load(this.directory.resolve("index")));
		index.upsert("zero", kind.vector(5));
		assertThat(index.search(kind.vector(5), 1).get(0).id()).isEqualTo("zero");
	}

	private static void assertZero(IndexCase kind, VectorIndex index) {
		for (float[] query : kind.vectors(2, 3)) {
			for (List<Hit> hits : searches(index, query)) {
				assertThat(hits).hasSize(index.size())
					.contains(new Hit("zero", 0), new Hit("id-7", 0))
					.isSortedAccordingTo(Comparator.comparing(Hit::score).reversed());
			}
			assertThat(index.search(SearchRequest.of(query).among(IdFilter.of("zero")).build()))
				.containsExactly(new Hit("zero", 0));
		}
		assertThat(index.vector("zero").orElseThrow()).containsOnly(0f);
		assertThat(index.search(new float[kind.dimension()], 3)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void vectorsOfAnyNormAreScoredByTheirDirection(IndexCase kind) {
		boolean dot = kind.unfitted().stats().parameters().get("similarity").equals("dot-product");
		float[] ordinary = kind.vector(5);
		for (double factor : new double[] { 1e-40, 1e-30, 1e-20, 1e-11, 1e-10, 1e10, 1e19, 1e30, 1e37 }) {
			VectorIndex index = kind.filled("id", 1, ROWS);
			index.add("ordinary", ordinary);
			index.add("scaled", scaled(ordinary, factor));
			float[] query = kind.vector(6);
			for (List<Hit> hits : searches(index, query)) {
				double expected = score(hits, "ordinary") * (dot ? factor : 1);
				assertThat((double) score(hits, "scaled")).as("factor %s", factor)
					.isCloseTo(expected, within(0.02 * Math.max(Math.abs(expected), dot ? 0 : 1) + 1e-44));
			}
			assertThat(index.search(scaled(ordinary, factor), dot ? ROWS + 2 : 2)).as("factor %s", factor)
				.extracting(Hit::id)
				.contains("scaled");
			float[] vector = index.vector("scaled").orElseThrow();
			assertThat(norm(vector)).as("factor %s", factor)
				.isCloseTo(norm(scaled(ordinary, factor)), within(1e-2 * norm(vector) + 1e-44));
			assertThat(index.search(scaled(query, factor), ROWS)).as("factor %s", factor)
				.extracting(Hit::id)
				.containsSequence(index.search(query, ROWS).stream().map(Hit::id).limit(2).toList());
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theLeastAndTheLargestFloatsAreScoredByTheirDirection(IndexCase kind) {
		int dimension = kind.dimension();
		float[] signs = new float[dimension];
		for (int i = 0; i < dimension; i++) {
			signs[i] = (kind.vector(5)[i] < 0) ? -1 : 1;
		}
		for (float magnitude : new float[] { Float.MIN_VALUE, Float.MIN_NORMAL, 3e38f, Float.MAX_VALUE }) {
			VectorIndex index = kind.filled("id", 1, ROWS);
			float[] vector = scaled(signs, magnitude);
			index.add("extreme", vector);
			index.add("opposite", scaled(vector, -1));
			index.save(this.directory.resolve("index"));
			for (VectorIndex each : List.of(index, VectorIndex.load(this.directory.resolve("index")))) {
				for (float[] query : List.of(signs, vector)) {
					for (List<Hit> hits : searches(each, query)) {
						assertThat(hits).hasSize(ROWS + 2).allMatch((hit) -> Float.isFinite(hit.score()));
						assertThat(score(hits, "extreme")).isPositive();
						assertThat(score(hits, "opposite")).isNegative();
						if (kind.unfitted().stats().parameters().get("similarity").equals("cosine")) {
							assertThat(hits.get(0).id()).isEqualTo("extreme");
							assertThat(hits.get(ROWS + 1).id()).isEqualTo("opposite");
						}
					}
				}
				float[] stored = each.vector("extreme").orElseThrow();
				for (int i = 0; i < dimension; i++) {
					assertThat(stored[i]).isFinite();
				}
			}
		}
	}

	@Test
	void aNormBeyondTheLargestFloatIsStoredAsThatFloat() {
		VectorIndex index = SnapIndex.builder(4).similarity(Similarity.DOT_PRODUCT).build();
		index.add("a", new float[] { 3e38f, 3e38f, 3e38f, 3e38f });
		assertThat(index.search(new float[] { 1, 1, 1, 1 }, 1).get(0).score() / Float.MAX_VALUE).isCloseTo(1,
				within(1e-6f));
		assertThat(norm(index.vector("a").orElseThrow()) / Float.MAX_VALUE).isCloseTo(1, within(1e-6));
	}

	@ParameterizedTest
	@MethodSource("trainable")
	void aSampleMayHoldZerosAndVectorsOfAnyNorm(IndexCase kind) {
		float[][] sample = kind.vectors(4, 400);
		for (int i = 0; i < sample.length; i++) {
			double[] factors = { 0, 1e-40, 1e-11, 1, 1e30 };
			sample[i] = scaled(sample[i], factors[i % factors.length]);
		}
		for (float[][] each : new float[][][] { sample, new float[400][kind.dimension()] }) {
			VectorIndex index = kind.unfitted();
			((TrainableIndex) index).fit(each);
			index.add("one", kind.vector(5));
			index.add("zero", new float[kind.dimension()]);
			for (List<Hit> hits : searches(index, kind.vector(6))) {
				assertThat(hits).hasSize(2).contains(new Hit("zero", 0)).allMatch((hit) -> Float.isFinite(hit.score()));
			}
		}
	}

	@Test
	void pythonsScoresKeepPythonsRule() {
		for (Similarity similarity : Similarity.values()) {
			SnapIndex index = SnapIndex.builder(24).correctedScores(false).similarity(similarity).build();
			float[] unit = TestVectors.unit(1, 1, 24)[0];
			index.add("above", scaled(unit, 1.1e-10));
			index.add("below", scaled(unit, 0.9e-10));
			assertThat(norm(index.vector("above").orElseThrow())).isCloseTo(1.1e-10, within(1e-12));
			assertThat(index.vector("below").orElseThrow()).containsOnly(0f);
			assertThat(index.search(scaled(unit, 1.1e-10), 3)).hasSize(2);
			assertThat(index.search(scaled(unit, 0.9e-10), 3)).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void recallLeavesZeroVectorsOut(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, ROWS);
		index.upsertAll(TestVectors.ids("id", ROWS / 2), new float[ROWS / 2][kind.dimension()]);
		RecallReport report = index.recall(RecallOptions.defaults().samples(ROWS));
		assertThat(report.samples()).isEqualTo(ROWS / 2);
	}

	private static float[] scaled(float[] vector, double factor) {
		float[] scaled = new float[vector.length];
		for (int i = 0; i < vector.length; i++) {
			scaled[i] = (float) (vector[i] * factor);
		}
		return scaled;
	}

	private static double norm(float[] vector) {
		double squares = 0;
		for (float x : vector) {
			squares += (double) x * x;
		}
		return Math.sqrt(squares);
	}

}
