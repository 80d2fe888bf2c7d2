package dev.snapvec.sample;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application as it is by default.
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
			assertThat(hit.path("title").asString()).startsWith("dog");
			assertThat(hit.path("text").asString()).startsWith("a member of the genus Canis");
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
	void anUnknownIndexIsNotFound() throws Exception {
		var answer = sample.search("fruit", "animals");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.detail()).contains("animals", "documents", "wordnet");
	}

	@Test
	void theDictionaryIsFrozenAndDocumentsAreNot() throws Exception {
		JsonNode indexes = sample.get("/actuator/snapvec").json().path("indexes");
		assertThat(indexes.at("/wordnet/type").asString()).isEqualTo("SnapIndex");
		assertThat(indexes.at("/wordnet/rows").asInt()).isEqualTo(200);
		assertThat(indexes.at("/wordnet/frozen").asBoolean()).isTrue();
		assertThat(indexes.at("/documents/type").asString()).isEqualTo("IvfPqSnapIndex");
		assertThat(indexes.at("/documents/frozen").asBoolean()).isFalse();
	}

	@Test
	void documentsCannotBeAddedWhileTheirIndexIsFrozen() throws Exception {
		String robot = "{\"id\": \"robot\", \"title\": \"robot\", \"text\": \"a machine that walks\"}";
		assertThat(sample.operate("documents", "freeze").status()).isEqualTo(200);
		var answer = sample.post(robot);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.type()).isEqualTo("application/problem+json");
		assertThat(answer.detail()).contains("frozen", "unfreeze");
		assertThat(sample.get("/documents/robot").status()).isEqualTo(404);
		assertThat(sample.operate("documents", "unfreeze").status()).isEqualTo(200);
		assertThat(sample.post(robot).status()).isEqualTo(201);
	}

	@Test
	void showsFiguresOfTheMeters() throws Exception {
		sample.search("a figure of speech");
		sample.search("a figure of speech");
		JsonNode state = sample.get("/indexes").json();
		assertThat(state.path("ready").asBoolean()).isTrue();
		assertThat(state.at("/indexes/0/name").asString()).isEqualTo("documents");
		JsonNode wordnet = state.at("/indexes/1");
		assertThat(wordnet.path("name").asString()).isEqualTo("wordnet");
		assertThat(wordnet.path("filling").isNull()).isTrue();
		assertThat(wordnet.path("rows").asInt()).isEqualTo(200);
		assertThat(wordnet.path("searches").asInt()).isGreaterThanOrEqualTo(2);
		assertThat(wordnet.path("cacheHits").asInt()).isPositive();
		assertThat(wordnet.path("p50").asDouble()).isPositive();
		assertThat(wordnet.path("p99").asDouble()).isGreaterThanOrEqualTo(wordnet.path("p50").asDouble());
		assertThat(wordnet.path("bytes").asInt()).isPositive();
		assertThat(wordnet.path("snapshotAge").asDouble()).isBetween(0.0, 600.0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/page.js", "/style.css", "/favicon.svg" })
	void itsPageNeedsNothingFromElsewhere(String path) throws Exception {
		var answer = sample.get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://",
				"url(", "@import");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.2", "[::2]:8080",
			"localhost.", "", "192.168.0.1" })
	void otherHostsAreRefused(String host) throws Exception {
		for (String path : List.of("/", "/search?q=dog", "/documents", "/indexes", "/actuator/snapvec", "/nothing")) {
			String answer = sample.send(host, path);
			assertThat(answer).startsWith("HTTP/1.1 403")
				.contains("Content-Type: text/plain")
				.contains("allowed-hosts");
			assertThat(answer.substring(answer.indexOf("\r\n\r\n")).strip()).startsWith("Host ")
				.doesNotContain("<", "dog");
		}
		assertThat(sample.send(null, "/documents")).startsWith("HTTP/1.1 403");
	}

	@Test
	void thisMachineIsAllowedByEachOfItsNames() throws Exception {
		for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]", "[::1]:8080")) {
			assertThat(sample.send(host, "/documents")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void errorsOfActuatorGiveNoAdviceOnDocuments() throws Exception {
		for (String body : List.of("no json", "{", "{\"operation\": {}}", "[]")) {
			var answer = sample.post("/actuator/snapvec/documents", body);
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body()).doesNotContain("title, text", "documents can be");
		}
		assertThat(sample.operate("documents", "explode").json().path("reason").asString()).contains("explode");
		assertThat(sample.get("/actuator/nothing").body()).doesNotContain("title, text");
		var missing = sample.get("/nothing");
		assertThat(missing.status()).isEqualTo(404);
		assertThat(missing.type()).isEqualTo("application/problem+json");
	}

	@Test
	void isHealthy() throws Exception {
		assertThat(sample.get("/actuator/health").json().path("status").asString()).isEqualTo("UP");
	}

}
