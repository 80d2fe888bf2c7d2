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

	private static String firstDocuments = "";

	@TempDir
	private Path directory;

	@BeforeAll
	static void startFirst() throws Exception {
		try (RunningSample sample = new RunningSample(first)) {
			assertThat(sample.embeddedTexts()).isEqualTo(200);
			sample.post("{\"id\": \"kept\", \"title\": \"violin\", \"text\": \"an instrument with strings\"}");
			firstHits = sample.search(QUERY).json().path("hits").toString();
			firstDocuments = sample.search(QUERY, "documents").json().path("hits").toString();
			assertThat(firstDocuments).contains("kept");
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
			assertThat(sample.search(QUERY, "documents").json().path("hits")).hasToString(firstDocuments);
			assertThat(output).doesNotContain("WARN");
		}
	}

	@Test
	void repeatsChangesThatAKillKeptFromTheSnapshot(CapturedOutput output) throws Exception {
		Path file = this.directory.resolve("documents.jsonl");
		DocumentStore documents = new DocumentStore(new SampleProperties(1, file), new JsonMapper());
		documents.put(new Entry("robot", "robot", "a colourful garden flower"));
		documents.delete("robot");
		documents.put(ROBOT);
		documents.delete("kept");
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(output).contains("Repeated 2 changes");
			assertThat(sample.embeddedTexts()).isEqualTo(1);
			assertThat(sample.search(QUERY, "documents").ids()).containsExactly("robot");
			assertThat(sample.get("/documents/kept").status()).isEqualTo(404);
		}
	}

	@Test
	void indexesDocumentsAgainIfTheirIndexIsGone() throws Exception {
		FileSystemUtils.deleteRecursively(this.directory.resolve("snapvec/documents"));
		try (RunningSample sample = new RunningSample(this.directory)) {
			assertThat(sample.embeddedTexts()).as("the sample, the document").isEqualTo(201);
			assertThat(sample.search(QUERY, "documents").ids()).containsExactly("kept");
		}
	}

	@Test
	void warnsOfAnotherCorpusSize(CapturedOutput output) throws Exception {
		try (RunningSample sample = new RunningSample(this.directory, Map.of("sample.corpus-size", "201"))) {
			assertThat(output).contains("made with sample.corpus-size=200, but it is 201 now",
					"delete the directory " + this.directory.resolve("snapvec/wordnet"));
			assertThat(sample.get("/actuator/snapvec").json().at("/indexes/wordnet/rows").asInt()).isEqualTo(200);
		}
	}

}
