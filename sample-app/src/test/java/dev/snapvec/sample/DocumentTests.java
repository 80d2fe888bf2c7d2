package dev.snapvec.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for documents that are added and deleted over HTTP.
 */
class DocumentTests {

	private static final String ROBOT = """
			{"id": "%s", "title": "robot", "text": "a machine that walks and talks like a human"}""";

	private static final String QUERY = "walking talking machine";

	private static RunningSample sample;

	@BeforeAll
	static void start(@TempDir Path directory) {
		sample = new RunningSample(directory);
	}

	@AfterAll
	static void stop() {
		sample.close();
	}

	@Test
	void anAddedDocumentIsFoundUntilItIsDeleted() throws Exception {
		assertThat(sample.post(String.format(Locale.ROOT, ROBOT, "added")).status()).isEqualTo(201);
		assertThat(sample.search(QUERY, "documents").ids()).first().isEqualTo("added");
		assertThat(sample.get("/documents/added").json().path("text").asString()).startsWith("a machine");
		assertThat(sample.get("/documents").json().path(0).path("id").asString()).isEqualTo("added");
		assertThat(sample.delete("added").status()).isEqualTo(204);
		assertThat(sample.search(QUERY, "documents").ids()).doesNotContain("added");
		assertThat(sample.delete("added").status()).isEqualTo(404);
	}

	@Test
	void aSecondDocumentOfTheSameIdIsRefused() throws Exception {
		assertThat(sample.post(String.format(Locale.ROOT, ROBOT, "twice")).status()).isEqualTo(201);
		var answer = sample.post(String.format(Locale.ROOT, ROBOT, "twice"));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.type()).isEqualTo("application/problem+json");
		assertThat(answer.detail()).isEqualTo("document 'twice' already exists; delete it first, or choose another id");
	}

	@Test
	void aDeletedDocumentCanBeAddedAgain() throws Exception {
		sample.post(String.format(Locale.ROOT, ROBOT, "again"));
		sample.delete("again");
		assertThat(sample.post(String.format(Locale.ROOT, ROBOT, "again")).status()).isEqualTo(201);
	}

	@Test
	void aDocumentWithoutAnIdGetsOne() throws Exception {
		var answer = sample.post("{\"title\": \"robot\", \"text\": \"a machine\"}");
		assertThat(answer.status()).isEqualTo(201);
		String id = answer.json().path("id").asString();
		assertThat(sample.get("/documents/" + id).json().path("title").asString()).isEqualTo("robot");
	}

	@Test
	void unknownDocumentsAreNotFound() throws Exception {
		assertThat(sample.delete("unknown").status()).isEqualTo(404);
		assertThat(sample.get("/documents/unknown").detail()).isEqualTo("document 'unknown' does not exist");
	}

	@Test
	void examplesAddedTwiceAreThereOnce() throws Exception {
		String page = sample.get("/page.js").body();
		List<String> ids = Pattern.compile("\\[\"([a-z]+)\", \"[^\"]+\", \"[^\"]+\"\\]")
			.matcher(page)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(ids).hasSize(6).doesNotHaveDuplicates();
		assertThat(page).contains("id: `example-${id}`").contains("\"Id exists\"");
		for (int time = 0; time < 2; time++) {
			for (String id : ids) {
				var answer = sample.post(String.format(Locale.ROOT, ROBOT, "example-" + id));
				assertThat(answer.status()).isEqualTo((time == 0) ? 201 : 409);
				assertThat((time == 0) || answer.json().path("title").asString().equals("Id exists")).isTrue();
			}
		}
		assertThat(sample.get("/documents").json().values())
			.filteredOn((document) -> document.path("id").asString().startsWith("example-"))
			.hasSize(6);
		for (String id : ids) {
			sample.delete("example-" + id);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"id": "a b", "title": "w", "text": "t"}      | id must be 1 to 64 letters, digits
			{"id": "a", "title": " ", "text": "t"}        | title must not be blank
			{"id": "a", "title": "w"}                     | text must not be blank
			{"id": "a"}                                   | text must not be blank; title must not be blank
			{"id": "a", "title": {}, "text": "t"}         | the body must be a JSON object
			no json                                       | the body must be a JSON object
			[]                                            | the body must be a JSON object
			null                                          | the body must be a JSON object
			"text"                                        | the body must be a JSON object
			{"id": "", "title": "w", "text": "t"}         | id must be 1 to 64 letters
			""")
	void saysWhatIsWrongWithADocument(String json, String detail) throws Exception {
		var answer = sample.post(json);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.type()).isEqualTo("application/problem+json");
		assertThat(answer.detail()).startsWith(detail);
	}

}
