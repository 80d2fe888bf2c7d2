package dev.snapvec.spring.boot.autoconfigure.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the health of indexes as a part of readiness, as the documentation has it.
 */
class ReadinessTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "readinessState,snapvec", "readinessState,snapvec/products" })
	void anApplicationWhoseIndexIsDownIsNotReadyButLives(String include) throws Exception {
		try (ConfigurableApplicationContext context = run(
				Map.of("management.endpoint.health.group.readiness.include", include))) {
			assertThat(get(context, "/readiness").statusCode()).isEqualTo(200);
			failToSave(context);
			assertThat(get(context, "/readiness").statusCode()).isEqualTo(503);
			assertThat(get(context, "/liveness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void livenessAndAdditionalPathsAreNotTouched() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of("management.endpoint.health.group.liveness.include",
				"livenessState,snapvec", "management.endpoint.health.group.readiness.include", "readinessState,snapvec",
				"management.endpoint.health.group.readiness.additional-path", "server:/ready"))) {
			assertThat(at(context, "/ready").statusCode()).isEqualTo(200);
			failToSave(context);
			assertThat(at(context, "/ready").statusCode()).isEqualTo(503);
			assertThat(get(context, "/liveness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void readinessIsNotTouchedUnlessAskedFor() throws Exception {
		try (ConfigurableApplicationContext context = run(Map.of())) {
			failToSave(context);
			assertThat(get(context, "/readiness").statusCode()).isEqualTo(200);
			assertThat(get(context, "").statusCode()).isEqualTo(200);
			assertThat(get(context, "").body()).endsWith("\"status\":\"UP\"}")
				.contains("\"lastSnapshotOutcome\":\"failure\"");
			assertThat(get(context, "/snapvec").body()).endsWith("\"status\":\"UP\"}");
			assertThat(get(context, "/snapvec/products").statusCode()).isEqualTo(200);
			assertThat(get(context, "/snapvec/products").body()).endsWith("\"status\":\"DEGRADED\"}")
				.contains("\"rows\":3")
				.contains("\"lastSnapshotOutcome\":\"failure\"")
				.contains("\"lastError\":\"")
				.doesNotContain(this.directory.toString());
		}
	}

	private void failToSave(ConfigurableApplicationContext context) {
		IndexRunner.add(context.getBean(SafeIndex.class), 3);
		FileSystemUtils.deleteRecursively(this.directory.resolve("products").toFile());
		assertThatExceptionOfType(SnapvecException.class)
			.isThrownBy(() -> context.getBean(IndexSnapshots.class).write("products"));
	}

	private ConfigurableApplicationContext run(Map<String, Object> properties) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(Map.of("server.port", "0", "snapvec.directory", this.directory.toString(),
				"snapvec.indexes.products.dimension", "8", "snapvec.defaults.freeze", "manual",
				"management.endpoint.health.show-details", "always"));
		return application.run(properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new));
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return at(context, "/actuator/health" + path);
	}

	private HttpResponse<String> at(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
		return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
