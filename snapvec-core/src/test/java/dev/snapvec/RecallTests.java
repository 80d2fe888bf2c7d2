package dev.snapvec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Recall@10 on real embeddings: fvecs files {@code base.fvecs} and {@code queries.fvecs}
 * of unit vectors in {@code -Dsnapvec.data.dir=DIR}. The bounds are for 57,638 WordNet
 * glosses embedded with BGE-small-en-v1.5.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "snapvec.data.dir", matches = ".+")
class RecallTests {

	private static final int K = 10;

	private static final int TRAINING_ROWS = 20_000;

	private final float[][] base = Fvecs.read(file("wordnet-bge384-base.fvecs"));

	private final float[][] queries = Fvecs.read(file("wordnet-bge384-queries.fvecs"));

	private final List<String> ids = IntStream.range(0, this.base.length).mapToObj(Integer::toString).toList();

	private final List<Set<String>> truth = truth();

	private static Path file(String name) {
		return Path.of(System.getProperty("snapvec.data.dir"), name);
	}

	private List<Set<String>> truth() {
		return Arrays.stream(this.queries).parallel().map(this::nearest).toList();
	}

	private Set<String> nearest(float[] query) {
		float[] scores = new float[this.base.length];
		for (int i = 0; i < scores.length; i++) {
			float[] vector = this.base[i];
			float score = 0;
			for (int j = 0; j < query.length; j++) {
				score += query[j] * vector[j];
			}
			scores[i] = score;
		}
		Set<String> ids = new HashSet<>();
		IntStream.range(0, scores.length)
			.boxed()
			.sorted((a, b) -> Float.compare(scores[b], scores[a]))
			.limit(K)
			.forEach((i) -> ids.add(this.ids.get(i)));
		return ids;
	}

	record Setup(String name, double least, VectorIndex index, UnaryOperator<SearchRequest.Builder> options) {

		Setup(String name, double least, VectorIndex index) {
			this(name, least, index, (request) -> request);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	List<Setup> setups() {
		return List.of(new Setup("SnapIndex 4-bit", .92, snap(4)), new Setup("SnapIndex 3-bit", .86, snap(3)),
				new Setup("SnapIndex 2-bit", .75, snap(2)), new Setup("Residual 4+4", .983, residual(4, 4)),
				new Setup("Residual 3+3", .958, residual(3, 3)),
				new Setup("Residual 4+4 rerank 100", .98, residual(4, 4), (request) -> request.rerank(100)),
				new Setup("PQ M=96", .81, PqSnapIndex.builder(384).subspaces(96).normalized(true).build()),
				new Setup("PQ M=48", .635, PqSnapIndex.builder(384).subspaces(48).normalized(true).build()),
				new Setup("IVFPQ M=48 OPQ, all lists", .715,
						IvfPqSnapIndex.builder(384)
							.nlist(512)
							.nprobe(512)
							.subspaces(48)
							.opq(true)
							.normalized(true)
							.build()),
				new Setup("IVFPQ M=192 nprobe=128 rerank=100", .985,
						IvfPqSnapIndex.builder(384)
							.nlist(512)
							.nprobe(128)
							.subspaces(192)
							.keepFullPrecision(true)
							.rerank(100)
							.normalized(true)
							.build()));
	}

	/** Rows spread evenly over all. */
	private float[][] sample() {
		float[][] sample = new float[TRAINING_ROWS][];
		Arrays.setAll(sample, (i) -> this.base[(int) ((long) i * this.base.length / TRAINING_ROWS)]);
		return sample;
	}

	private static VectorIndex snap(int bits) {
		return SnapIndex.builder(384).bits(bits).normalized(true).build();
	}

	private static VectorIndex residual(int coarseBits, int residualBits) {
		return ResidualSnapIndex.builder(384)
			.coarseBits(coarseBits)
			.residualBits(residualBits)
			.normalized(true)
			.build();
	}

	@ParameterizedTest
	@MethodSource("setups")
	void findsTheTrueNeighbours(Setup setup) {
		long start = System.nanoTime();
		if (setup.index() instanceof TrainableIndex trainable) {
			trainable.fit(sample());
		}
		long fitted = System.nanoTime();
		setup.index().addAll(this.ids, this.base);
		setup.index().freeze();
		long built = System.nanoTime();
		int found = 0;
		for (int q = 0; q < this.queries.length; q++) {
			SearchRequest request = setup.options().apply(SearchRequest.of(this.queries[q]).topK(K)).build();
			for (Hit hit : setup.index().search(request)) {
				found += this.truth.get(q).contains(hit.id()) ? 1 : 0;
			}
		}
		double recall = found / (double) (K * this.queries.length);
		System.out.printf(Locale.ROOT, "%-36s recall@10 %.4f, fit %.1f s, add %.1f s, %.2f ms a query%n", setup, recall,
				(fitted - start) / 1e9, (built - fitted) / 1e9,
				(System.nanoTime() - built) / 1e6 / this.queries.length);
		assertThat(recall).isGreaterThanOrEqualTo(setup.least());
	}

}
