package dev.snapvec;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link VectorIndex#vector}.
 */
class StoredVectorTests {

	private static final int ROWS = 150;

	@TempDir
	Path directory;

	static List<IndexCase> cases() {
		return IndexCase.all();
	}

	/** Without padding, of which a part of the code's length would be. */
	static List<VectorIndex> indexesWithoutPadding() {
		return List.of(SnapIndex.builder(32).build(), SnapIndex.builder(32).bits(3).seed(7).build(),
				ResidualSnapIndex.builder(32).coarseBits(3).build(),
				PqSnapIndex.builder(32).subspaces(8).centroids(32).opq(true).build(),
				PqSnapIndex.builder(32).subspaces(8).centroids(32).rht(true).build(),
				IvfPqSnapIndex.builder(32).nlist(4).nprobe(4).subspaces(8).centroids(16).build(),
				IvfPqSnapIndex.builder(32)
					.nlist(4)
					.nprobe(4)
					.subspaces(8)
					.centroids(16)
					.opq(true)
					.keepFullPrecision(true)
					.rerank(ROWS)
					.build());
	}

	@ParameterizedTest
	@MethodSource("indexesWithoutPadding")
	void theScoreOfAHitIsTheCosineOfItsVector(VectorIndex index) {
		if (index instanceof TrainableIndex trainable) {
			trainable.fit(TestVectors.random(5, 200, 32));
		}
		index.addAll(TestVectors.ids("id", ROWS), TestVectors.random(1, ROWS, 32));
		float[] query = TestVectors.random(99, 1, 32)[0];
		for (Hit hit : index.search(query, ROWS)) {
			float[] vector = index.vector(hit.id()).orElseThrow();
			assertThat(cosine(query, vector)).as(hit.id()).isCloseTo(hit.score(), within(1e-3));
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aVectorHasTheLengthOfTheOneThatWasAdded(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, ROWS);
		float[][] vectors = kind.vectors(1, ROWS);
		for (int i = 0; i < ROWS; i++) {
			float[] vector = index.vector("id-" + i).orElseThrow();
			assertThat(vector).hasSize(index.dimension());
			assertThat(TestVectors.length(vector)).isCloseTo(TestVectors.length(vectors[i]), within(1e-2f));
			assertThat(cosine(vector, vectors[i])).isGreaterThan(0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "2, 0.93", "3, 0.98", "4, 0.994" })
	void moreBitsAreNearerToWhatWasAdded(int bits, double least) {
		SnapIndex index = SnapIndex.builder(256).bits(bits).build();
		assertThat(averageCosine(index)).isBetween(least, least + 0.02);
	}

	@Test
	void twoStagesAreNearerThanOne() {
		assertThat(averageCosine(ResidualSnapIndex.builder(256).build())).isBetween(0.9995, 1.0);
	}

	@Test
	void fullPrecisionGivesTheVectorToThreeDigits() {
		IvfPqSnapIndex index = IvfPqSnapIndex.builder(32)
			.nlist(4)
			.subspaces(4)
			.centroids(16)
			.keepFullPrecision(true)
			.build();
		index.fit(TestVectors.random(5, 200, 32));
		float[][] vectors = TestVectors.unit(6, 50, 32);
		index.addAll(TestVectors.ids("id", 50), vectors);
		for (int i = 0; i < 50; i++) {
			assertThat(index.vector("id-" + i).orElseThrow()).containsExactly(vectors[i], within(1e-3f));
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aVectorStaysTheSameWhenTheIndexIsCompactedAndSaved(IndexCase kind) {
		VectorIndex index = kind.filled("id", 1, ROWS);
		index.delete("id-3");
		float[] vector = index.vector("id-70").orElseThrow();
		index.compact();
		assertThat(index.vector("id-70").orElseThrow()).containsExactly(vector);
		index.save(this.directory.resolve("index"));
		VectorIndex loaded = VectorIndex.load(this.directory.resolve("index"));
		assertThat(loaded.vector("id-70").orElseThrow()).containsExactly(vector, within(1e-5f));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void nothingIsRebuiltOfRowsThatAreNotThere(IndexCase kind) {
		assertThat(kind.unfitted().vector("id-0")).isEmpty();
		VectorIndex index = kind.filled("id", 1, 10);
		index.delete("id-4");
		assertThat(index.vector("id-4")).isEmpty();
		assertThat(index.vector("unknown")).isEmpty();
	}

	@Test
	void aVectorOfZerosStaysOne() {
		SnapIndex index = SnapIndex.builder(8).build();
		index.add("zero", new float[8]);
		assertThat(TestVectors.length(index.vector("zero").orElseThrow())).isZero();
	}

	@Test
	void aHandleGivesTheVectorOfItsIndex() {
		SafeIndex handle = new SafeIndex("products", SnapIndex.builder(4).build());
		handle.add("a", new float[] { 0, 3, 0, 0 });
		assertThat(handle.vector("a").orElseThrow()).hasSize(4);
		assertThat(handle.vector("b")).isEmpty();
	}

	private static double averageCosine(VectorIndex index) {
		float[][] vectors = TestVectors.unit(11, 200, index.dimension());
		index.addAll(TestVectors.ids("id", vectors.length), vectors);
		double sum = 0;
		for (int i = 0; i < vectors.length; i++) {
			sum += cosine(vectors[i], index.vector("id-" + i).orElseThrow());
		}
		return sum / vectors.length;
	}

	private static double cosine(float[] a, float[] b) {
		double product = 0;
		for (int i = 0; i < a.length; i++) {
			product += a[i] * b[i];
		}
		return product / TestVectors.length(a) / TestVectors.length(b);
	}

}
