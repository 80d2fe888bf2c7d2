package dev.snapvec.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.snapvec.spring.boot.event.IndexPopulating;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what can be seen while the first start fills the indexes.
 */
class FirstFillTests {

	@TempDir
	private Path directory;

	@Test
	void thePageIsThereAndSeesHowFarItIs() throws Exception {
		Watcher.states.clear();
		try (RunningSample sample = new RunningSample(this.directory, Map.of(), Watcher.class)) {
			assertThat(Watcher.states).isNotEmpty().noneMatch((state) -> state.path("ready").asBoolean());
			assertThat(Watcher.states).anySatisfy((state) -> {
				JsonNode filling = state.at("/indexes/0/filling");
				assertThat(filling.path("phase").asString()).isEqualTo("embed");
				assertThat(filling.path("done").asInt()).isBetween(64, 200);
				assertThat(filling.path("total").asInt()).isEqualTo(200);
			});
			assertThat(Watcher.readiness).containsOnly(503);
			assertThat(sample.get("/indexes").json().path("ready").asBoolean()).isTrue();
			assertThat(sample.get("/actuator/health/readiness").status()).isEqualTo(200);
		}
	}

	/** Asks on the thread that fills. */
	static class Watcher {

		private static final List<JsonNode> states = new CopyOnWriteArrayList<>();

		private static final List<Integer> readiness = new CopyOnWriteArrayList<>();

		private final HttpClient client = HttpClient.newHttpClient();

		private final Environment environment;

		Watcher(Environment environment) {
			this.environment = environment;
		}

		@EventListener
		void on(IndexPopulating event) throws IOException, InterruptedException {
			states.add(new JsonMapper().readTree(get("/indexes").body()));
			readiness.add(get("/actuator/health/readiness").statusCode());
		}

		private HttpResponse<String> get(String path) throws IOException, InterruptedException {
			URI uri = URI
				.create("http://localhost:" + this.environment.getRequiredProperty("local.server.port") + path);
			return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		}

	}

}
