package dev.snapvec.spring.boot.lifecycle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.population.PopulationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PopulateBeforeReady}.
 */
class PopulateBeforeReadyTests {

	@TempDir
	private Path directory;

	@Test
	void theWebServerAnswersMeanwhileAndTheApplicationIsNotReady() throws Exception {
		try (ConfigurableApplicationContext context = run((application, index) -> {
			IndexRunner.add(index, 5);
			assertThat(get(application, "/health/readiness").statusCode()).isEqualTo(503);
			assertThat(get(application, "/health/liveness").statusCode()).isEqualTo(200);
			assertThat(get(application, "/snapvec/products").body()).contains("\"rows\":5");
		})) {
			assertThat(get(context, "/health/readiness").statusCode()).isEqualTo(200);
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.isFrozen()).isTrue();
			assertThat(index.isDirty()).isFalse();
			assertThat(files()).containsExactly("snapshot-0000000001.snapvec");
		}
		try (ConfigurableApplicationContext context = run((application, index) -> IndexRunner.add(index, 9))) {
			assertThat(context.getBean(SafeIndex.class).size()).as("restored").isEqualTo(5);
		}
	}

	@Test
	void whatIsNotPopulatedYetIsNotSaved() {
		try (ConfigurableApplicationContext context = run((application, index) -> {
			IndexRunner.add(index, 5);
			assertThatIllegalStateException()
				.isThrownBy(() -> application.getBean(IndexSnapshots.class).write("products"))
				.withMessage("index 'products' cannot be saved before its populators have completed; it is saved then");
			application.close();
		})) {
			assertThat(context.isActive()).isFalse();
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void aFailingPopulatorFailsTheStartAndNothingIsSaved() {
		assertThatExceptionOfType(PopulationException.class).isThrownBy(() -> run((application, index) -> {
			IndexRunner.add(index, 5);
			throw new IllegalStateException("the catalogue is closed");
		})).withMessageContaining("of index 'products' failed after 5 rows");
		assertThat(files()).isEmpty();
	}

	private ConfigurableApplicationContext run(Filling filling) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(Map.of("server.port", "0", "snapvec.directory", this.directory.toString(),
				"snapvec.indexes.products.dimension", "8", "snapvec.indexes.products.populate", "before-ready",
				"management.endpoints.web.exposure.include", "health,snapvec"));
		application.addInitializers((context) -> context.getBeanFactory()
			.registerSingleton("catalogue", (IndexPopulator) (index, progress) -> filling.fill(context, index)));
		return application.run();
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
		URI uri = URI.create(
				"http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/actuator" + path);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	private String[] files() {
		String[] files = this.directory.resolve("products").toFile().list((directory, name) -> !name.startsWith("."));
		return (files != null) ? files : new String[0];
	}

	private interface Filling {

		void fill(ConfigurableApplicationContext context, SafeIndex index) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
