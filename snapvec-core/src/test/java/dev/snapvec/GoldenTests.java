package dev.snapvec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the Python package, read and written here. With
 * {@code -Dsnapvec.golden.dir=DIR} the cases of another directory.
 */
class GoldenTests {

	@TempDir
	Path directory;

	static List<GoldenCase> cases() {
		return GoldenCase.all();
	}

	static List<GoldenCase> currentCases() {
		return cases().stream().filter((golden) -> !golden.legacy()).toList();
	}

	static List<GoldenCase> trainingFreeCases() {
		return currentCases().stream().filter((golden) -> !golden.isTrained() && golden.deleted().isEmpty()).toList();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void loadsWithItsIds(GoldenCase golden) {
		VectorIndex index = VectorIndex.load(golden.file());
		assertThat(index.size()).isEqualTo(golden.json().get("n").asInt());
		assertThat(index.dimension()).isEqualTo(golden.number("dim"));
		for (String id : golden.ids()) {
			assertThat(index.contains(id)).as(id).isNotEqualTo(golden.deleted().contains(id));
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void answersAsPythonDid(GoldenCase golden) {
		VectorIndex index = VectorIndex.load(golden.file(), golden.pythonScores());
		for (GoldenSearch search : golden.searches()) {
			search.assertSameHits(index.search(search.request(golden)));
		}
	}

	@ParameterizedTest
	@MethodSource("currentCases")
	void savesBackToTheSameBytes(GoldenCase golden) throws IOException {
		Path copy = this.directory.resolve("copy");
		VectorIndex.load(golden.file()).save(copy);
		assertThat(copy).hasSameBinaryContentAs(golden.file());
	}

	@ParameterizedTest
	@MethodSource("trainingFreeCases")
	void buildsTheSameFileFromTheSameVectors(GoldenCase golden) throws IOException {
		VectorIndex index = GoldenIndexes.build(golden);
		index.addAll(golden.ids(), golden.vectorsOfIds());
		Path file = this.directory.resolve("built");
		index.save(file);
		assertThat(file).hasSameBinaryContentAs(golden.file());
	}

	static List<GoldenCase> trainedCases() {
		return currentCases().stream().filter(GoldenCase::isTrained).toList();
	}

	@ParameterizedTest
	@MethodSource("trainedCases")
	void learnsCodebooksAsGoodAsPythons(GoldenCase golden) throws IOException {
		TrainableIndex index = (TrainableIndex) GoldenIndexes.build(golden);
		index.fit(golden.vectorsOfIds());
		index.addAll(golden.ids(), golden.vectorsOfIds());
		Path file = this.directory.resolve("fitted");
		index.save(file);
		double ours = quantizationError(file, golden);
		double python = quantizationError(golden.file(), golden);
		assertThat(ours).isLessThanOrEqualTo(python * 1.02);
	}

	/**
	 * The mean squared distance between vectors brought to length 1 and their decoded
	 * codes, worked out from scores: plain ones are inner products with the decoded
	 * vector, corrected ones are that over its length.
	 */
	private static double quantizationError(Path file, GoldenCase golden) {
		LoadOptions cosine = LoadOptions.defaults().similarity(Similarity.COSINE);
		VectorIndex plain = VectorIndex.load(file, cosine.correctedScores(false));
		VectorIndex corrected = VectorIndex.load(file, cosine.correctedScores(true));
		double sum = 0;
		int count = 0;
		for (int i = 0; i < golden.ids().size(); i++) {
			SearchRequest.Builder request = SearchRequest.of(golden.vectors()[i])
				.topK(1)
				.among(IdFilter.of(golden.ids().get(i)));
			if (golden.type().startsWith("IVF")) {
				request.rerank(0);
			}
			List<Hit> hits = plain.search(request.build());
			if (!hits.isEmpty()) {
				double product = hits.get(0).score();
				double length = product / corrected.search(request.build()).get(0).score();
				sum += 1 - 2 * product + length * length;
				count++;
			}
		}
		return sum / count;
	}

}
