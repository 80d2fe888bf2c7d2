package dev.snapvec.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application as it is by default: frozen, search only.
 */
class SampleApplicationTests {

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
	void findsEntriesByTheirMeaning() throws Exception {
		JsonNode answer = sample.search("man's best friend, it barks").json();
		assertThat(answer.path("query").asString()).isEqualTo("man's best friend, it barks");
		assertThat(answer.path("milliseconds").asDouble()).isPositive();
		assertThat(answer.path("embeddingMilliseconds").asDouble()).isPositive();
		assertThat(answer.path("hits")).hasSize(10);
		assertThat(answer.path("hits").values()).anySatisfy((hit) -> {
			assertThat(hit.path("word").asString()).startsWith("dog");
			assertThat(hit.path("gloss").asString()).startsWith("a member of the genus Canis");
		});
	}

	@Test
	void answersTheBestFirst() throws Exception {
		var scores = sample.search("animal").json().path("hits").values().stream().map((hit) -> hit.path("score"));
		assertThat(scores.map(JsonNode::asDouble).map((score) -> -score)).isSorted();
	}

	@Test
	void answersAsManyAsAskedFor() throws Exception {
		assertThat(sample.get("/search?q=fruit&k=1").ids()).hasSize(1);
		assertThat(sample.get("/search?q=fruit&k=100").ids()).hasSize(100).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/search                 | Required parameter 'q' is not present.
			/search?q=              | q must not be blank
			/search?q=%20%09        | q must not be blank
			/search?q=fruit&k=0     | k must be between 1 and 100
			/search?q=fruit&k=101   | k must be between 1 and 100
			/search?q=fruit&k=ten   | Failed to convert 'k' with value: 'ten'
			/search?q=&k=-1         | k must be between 1 and 100; q must not be blank
			""")
	void saysWhatIsWrongWithAQuery(String path, String detail) throws Exception {
		var answer = sample.get(path);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.type()).isEqualTo("application/problem+json");
		assertThat(answer.detail()).isEqualTo(detail);
	}

	@Test
	void refusesAQueryThatIsTooLong() throws Exception {
		var answer = sample.search("a".repeat(501));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.detail()).isEqualTo("q must be at most 500 characters long");
	}

	@Test
	void saysHowToAllowAdditions() throws Exception {
		var answer = sample.post("""
				{"id": "robot", "word": "robot", "text": "a machine that walks"}""");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.type()).isEqualTo("application/problem+json");
		assertThat(answer.detail()).contains("frozen", "snapvec.indexes.wordnet.freeze=manual");
		assertThat(sample.get("/documents/robot").status()).isEqualTo(404);
	}

	@Test
	void saysHowToAllowDeletions() throws Exception {
		String id = sample.search("fruit").ids().get(0);
		var answer = sample.delete(id);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.detail()).contains("snapvec.indexes.wordnet.freeze=manual");
		assertThat(sample.get("/documents/" + id).status()).isEqualTo(200);
	}

	@Test
	void showsTheIndexAndItsPage() throws Exception {
		JsonNode index = sample.get("/actuator/snapvec").json().at("/indexes/wordnet");
		assertThat(index.path("rows").asInt()).isEqualTo(200);
		assertThat(index.path("frozen").asBoolean()).isTrue();
		assertThat(sample.get("/").body()).contains("<label for=\"q\">").doesNotContain("http://", "https://");
	}

	@Test
	void isHealthy() throws Exception {
		assertThat(sample.get("/actuator/health").json().path("status").asString()).isEqualTo("UP");
	}

}
