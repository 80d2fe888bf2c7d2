package dev.snapvec.spring.boot.actuate.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link SnapvecEndpoint} answers over HTTP: reasons, and no paths.
 */
class SnapvecEndpointAnswerTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void eachRefusedRequestSaysWhy() throws Exception {
		try (ConfigurableApplicationContext context = run(this.directory, Map.of())) {
			String operations = "snapshot, freeze, unfreeze, compact, reload, clear-cache, verify, recall";
			refused(context, 404, "/orders", null, "no index is named 'orders'", "'products'");
			refused(context, 404, "/orders", "{\"operation\": \"freeze\"}", "no index is named 'orders'", "'products'");
			refused(context, 400, "/products", "{\"operation\": \"explode\"}", "'explode'", operations);
			refused(context, 400, "/products", "{}", "but is missing", operations);
			refused(context, 400, "/products", "{\"operation\": null}", "but is missing", operations);
			refused(context, 400, "/products", "{\"operation\": \"recall\", \"samples\": \"many\"}", "samples",
					"'many'", "1 to 1000");
			refused(context, 400, "/products", "{\"operation\": \"recall\", \"samples\": 0}", "samples", "was 0",
					"1 to 1000");
			refused(context, 400, "/products", "{\"operation\": \"recall\", \"samples\": 1001}", "1001", "1 to 1000");
			refused(context, 400, "/products", "{\"operation\": \"recall\", \"seed\": 0.5}", "seed", "'0.5'",
					"whole number");
			refused(context, 409, "/products", "{\"operation\": \"recall\"}", "holds 0 rows");
			refused(context, 409, "/products", "{\"operation\": \"reload\"}", "reload.enabled is false");
		}
	}

	private void refused(ConfigurableApplicationContext context, int status, String path, String body,
			String... reasons) throws Exception {
		HttpResponse<String> response = send(context, path, body);
		assertThat(response.statusCode()).as("%s %s", path, body).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("json");
		assertThat(json(response).path("reason").asString()).contains(reasons);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear-cache", "clearCache", "CLEAR_CACHE", "clear_cache", " clearcache" })
	void operationsAreWrittenInAnyForm(String operation) throws Exception {
		try (ConfigurableApplicationContext context = run(this.directory, Map.of())) {
			assertThat(send(context, "/products", "{\"operation\": \"" + operation + "\"}").statusCode())
				.isEqualTo(204);
		}
	}

	@Test
	void tenantsAreListed() throws Exception {
		try (ConfigurableApplicationContext context = run(this.directory,
				Map.of("snapvec.tenants.documents.dimension", "8"))) {
			context.getBean(SnapvecTenants.class).run("acme", (index) -> IndexRunner.add(index, 3));
			JsonNode indexes = json(send(context, "", null));
			assertThat(indexes.at("/tenants/documents/open").asInt()).isEqualTo(1);
			assertThat(indexes.at("/tenants/documents/opened").asInt()).isEqualTo(1);
			assertThat(indexes.at("/tenants/documents/failed").asInt()).isZero();
			assertThat(indexes.toString()).doesNotContain("acme");
			refused(context, 404, "/documents", null, "'documents' names the indexes of tenants");
		}
	}

	@Test
	void aFollowerIsReloadedNextAndNotSaved() throws Exception {
		try (ConfigurableApplicationContext context = run(this.directory,
				Map.of("snapvec.indexes.replica.dimension", "8", "snapvec.indexes.replica.reload.enabled", "true"))) {
			JsonNode replica = json(send(context, "/replica", null));
			assertThat(replica.hasNonNull("nextSnapshot")).isFalse();
			assertThat(replica.path("nextReload").asString()).startsWith("20");
			JsonNode products = json(send(context, "/products", null));
			assertThat(products.path("nextSnapshot").asString()).startsWith("20");
			assertThat(products.hasNonNull("nextReload")).isFalse();
		}
	}

	@Test
	void sharesHaveAsManyDigitsAsMeanSomething() throws Exception {
		try (ConfigurableApplicationContext context = run(this.directory,
				Map.of("snapvec.indexes.products.type", "ivf-pq", "snapvec.defaults.nlist", "20",
						"snapvec.defaults.nprobe", "1", "snapvec.defaults.subspaces", "4", "snapvec.defaults.centroids",
						"16"))) {
			SafeIndex index = context.getBean("products", SafeIndex.class);
			index.fit(IntStream.range(0, 500).mapToObj(IndexRunner::vector).toArray(float[][]::new));
			IndexRunner.add(index, 700);
			for (int samples = 3; samples < 20; samples++) {
				String body = send(context, "/products",
						String.format(Locale.ROOT, "{\"operation\": \"recall\", \"samples\": %d}", samples))
					.body();
				assertThat(body).contains("\"recall\":").doesNotContainPattern("[0-9]\\.[0-9]{5,}");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "true", "false" })
	void noAnswerTellsWhereFilesAre(boolean linked) throws Exception {
		Path real = Files.createDirectories(this.directory.resolve("the real place"));
		Path configured = linked ? Files.createSymbolicLink(this.directory.resolve("the link"), real) : real;
		try (ConfigurableApplicationContext context = run(configured,
				Map.of("management.endpoint.health.show-details", "always", "management.endpoints.web.exposure.include",
						"snapvec,health", "spring.web.error.include-message", "always",
						"spring.web.error.include-stacktrace", "always", "snapvec.indexes.replica.dimension", "8",
						"snapvec.indexes.replica.reload.enabled", "true", "snapvec.indexes.replica.reload.interval",
						"1h", "snapvec.indexes.logged.dimension", "8", "snapvec.indexes.logged.write-ahead-log.enabled",
						"true"))) {
			for (String name : List.of("products", "logged")) {
				SafeIndex index = context.getBean(name, SafeIndex.class);
				IndexRunner.add(index, 3);
				send(context, "/" + name, "{\"operation\": \"snapshot\"}");
				index.delete("id0");
				FileSystemUtils.deleteRecursively(real.resolve(name));
			}
			Files.writeString(real.resolve("products"), "a file");
			Files.createDirectories(real.resolve("replica"));
			Files.write(real.resolve("replica/snapshot-0000000001.snapvec"), new byte[100]);
			for (String name : List.of("products", "logged", "replica")) {
				for (IndexOperation operation : IndexOperation.values()) {
					HttpResponse<String> response = send(context, "/" + name, "{\"operation\": \"" + operation + "\"}");
					assertThat(response.body()).as("%s %s", operation, name)
						.doesNotContain("the real place", "the link", this.directory.toString());
				}
				assertThat(context.getBean(IndexSnapshots.class).failure(name)).isPresent();
				assertThat(send(context, "/" + name, null).body()).contains("\"lastError\":\"")
					.doesNotContain("the real place", "the link", this.directory.toString());
			}
			assertThat(send(context, "/../health", null).body()).contains("lastError")
				.doesNotContain("the real place", "the link", this.directory.toString());
		}
	}

	private ConfigurableApplicationContext run(Path directory, Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(Map.of("server.port", "0", "snapvec.directory", directory.toString(),
				"snapvec.indexes.products.dimension", "8", "snapvec.defaults.freeze", "manual",
				"management.endpoints.web.exposure.include", "snapvec", "management.endpoint.snapvec.access",
				"unrestricted"));
		all.putAll(properties);
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(all);
		return application.run();
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String path, String body)
			throws IOException, InterruptedException {
		URI uri = URI
			.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
					+ "/actuator/snapvec" + path)
			.normalize();
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		if (body != null) {
			request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		return new JsonMapper().readTree(response.body());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
