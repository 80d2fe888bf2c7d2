package dev.snapvec.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a second start on the files of the first.
 */
@ExtendWith(OutputCaptureExtension.class)
class RestartTests {

	private static final Entry ROBOT = new Entry("robot", "robot", "a machine that walks and talks like a human");

	private static final String QUERY = "walking talking machine";

	@TempDir
	private static Path first;

	private static String firstHits = "";

	@TempDir
	private Path directory;

	@BeforeAll
	static void startFirst() throws Exception {
		try (RunningSample sample = new RunningSample(first)) {
			assertThat(sample.embeddedTexts()).isEqualTo(200);
			firstHits = sample.search(QUERY).json().path("hits").toString();
		}
	}

	@BeforeEach
	void copyFilesOfFirst() throws IOException {
		FileSystemUtils.copyRecursively(first, this.directory);
	}

	@Test
	void embedsNothingAndAnswersTheSame(CapturedOutput output) throws Exception {
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(sample.embeddedTexts()).isZero();
			assertThat(sample.search(QUERY).json().path("hits")).hasToString(firstHits);
			assertThat(output).doesNotContain("WARN");
		}
	}

	@Test
	void repeatsChangesThatAKillKeptFromTheSnapshot(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("documents.jsonl");
		String deleted = "n-02124272";
		DocumentStore documents = new DocumentStore(new SampleProperties(1, file), new JsonMapper());
		documents.put(new Entry("robot", "robot", "a colourful garden flower"));
		documents.delete("robot");
		documents.put(ROBOT);
		documents.delete(deleted);
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(output).contains("Repeated 2 changes");
			assertThat(sample.embeddedTexts()).isEqualTo(1);
			assertThat(sample.search(QUERY).ids()).first().isEqualTo("robot");
			assertThat(sample.get("/documents/" + deleted).status()).isEqualTo(404);
		}
	}

	@Test
	void warnsOfAnotherCorpusSize(CapturedOutput output) throws Exception {
		try (RunningSample sample = new RunningSample(this.directory, Map.of("sample.corpus-size", "201"))) {
			assertThat(output).contains("made with sample.corpus-size=200, but it is 201 now",
					"delete the directory " + this.directory.resolve("snapvec"));
			assertThat(sample.get("/actuator/snapvec").json().at("/indexes/wordnet/rows").asInt()).isEqualTo(200);
		}
	}

}
