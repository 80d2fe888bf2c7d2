package dev.snapvec.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a second start on the files of the first.
 */
@ExtendWith(OutputCaptureExtension.class)
class RestartTests {

	private static final Map<String, String> MANUAL = Map.of("snapvec.indexes.wordnet.freeze", "manual");

	private static final String ROBOT = """
			{"id": "robot", "word": "robot", "text": "a machine that walks and talks like a human"}""";

	private static final String QUERY = "walking talking machine";

	@TempDir
	private Path directory;

	@Test
	void theSecondStartEmbedsNothingAndAnswersTheSame() throws Exception {
		String first;
		try (RunningSample sample = new RunningSample(this.directory, MANUAL)) {
			assertThat(sample.embeddedTexts()).isEqualTo(200);
			sample.post(ROBOT);
			first = sample.search(QUERY).json().path("hits").toString();
		}
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(sample.embeddedTexts()).isZero();
			assertThat(sample.search(QUERY).json().path("hits")).hasToString(first);
			assertThat(sample.search(QUERY).ids()).first().isEqualTo("robot");
		}
	}

	@Test
	void changesThatNoSnapshotHoldsAreRepeated(CapturedOutput output) throws Exception {
		Path before = this.directory.resolve("before");
		String deleted;
		try (RunningSample sample = new RunningSample(this.directory, MANUAL)) {
			copy(this.directory.resolve("snapvec/wordnet"), before);
			deleted = sample.search("fruit").ids().get(0);
			sample.delete(deleted);
			sample.post(ROBOT);
		}
		// as if the application had been killed before the last snapshot
		delete(this.directory.resolve("snapvec/wordnet"));
		copy(before, this.directory.resolve("snapvec/wordnet"));
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(output).contains("Repeated 2 changes");
			assertThat(sample.embeddedTexts()).isEqualTo(1);
			assertThat(sample.search(QUERY).ids()).first().isEqualTo("robot");
			assertThat(sample.search("fruit").ids()).doesNotContain(deleted);
		}
	}

	@Test
	void anotherCorpusSizeIsWarnedOf(CapturedOutput output) throws Exception {
		new RunningSample(this.directory).close();
		assertThat(output).doesNotContain("sample.corpus-size=");
		try (RunningSample sample = new RunningSample(this.directory, Map.of("sample.corpus-size", "201"))) {
			assertThat(output).contains("made with sample.corpus-size=200, but it is 201 now",
					"delete the directory " + this.directory.resolve("snapvec"));
			assertThat(sample.get("/actuator/snapvec").json().at("/indexes/wordnet/rows").asInt()).isEqualTo(200);
		}
	}

	private static void copy(Path from, Path to) throws Exception {
		Files.createDirectories(to);
		try (Stream<Path> files = Files.list(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private static void delete(Path directory) throws Exception {
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
	}

}
