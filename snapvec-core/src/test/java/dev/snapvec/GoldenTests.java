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

}
