package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecCacheAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecObservationAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.endpoint.SnapvecEndpointAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that lack one of the libraries that are optional, or all.
 */
class OptionalDependencyTests {

	/** The packages of each. */
	private static final Map<String, String> OPTIONAL = Map.of("caffeine", "com.github.benmanes.caffeine",
			"spring-boot-actuator-autoconfigure", "org.springframework.boot.actuate", "spring-boot-health",
			"org.springframework.boot.health", "jackson-annotations", "com.fasterxml.jackson.annotation",
			"spring-boot-micrometer-metrics", "org.springframework.boot.micrometer.metrics",
			"spring-boot-micrometer-observation", "org.springframework.boot.micrometer.observation");

	private static final String MICROMETER = "io.micrometer";

	@TempDir
	private Path directory;

	static Stream<String> packages() {
		return Stream.concat(OPTIONAL.values().stream(),
				Stream.of(MICROMETER, "org.springframework.boot.actuate.endpoint.web"));
	}

	@Test
	void theOptionalDependenciesAreThoseThatAreTested() throws IOException {
		List<String> optional = Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<optional>true</optional>")
			.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(optional).containsExactlyInAnyOrderElementsOf(OPTIONAL.keySet());
	}

	@ParameterizedTest
	@MethodSource("packages")
	void indexesWorkWithoutOneOfThem(String absent) {
		worksWithout(absent);
	}

	@Test
	void indexesWorkWithoutAnyOfThem() {
		worksWithout(packages().toArray(String[]::new));
	}

	/**
	 * As in an application: what cannot be configured is left out before it is loaded.
	 */
	private void worksWithout(String... absent) {
		ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader(absent))
			.withPropertyValues("snapvec.directory=" + this.directory, "snapvec.indexes.products.dimension=8",
					"management.endpoints.web.exposure.include=*", "snapvec.observations.enabled=true");
		if (!List.of(absent).contains(MICROMETER)) {
			runner = runner.withBean(SimpleMeterRegistry.class)
				.withBean(ObservationRegistry.class, ObservationRegistry::create);
		}
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			SafeIndex index = context.getBean(SafeIndex.class);
			IndexRunner.add(index, 3);
			assertThat(index.search(IndexRunner.vector(1), 1).get(0).id()).isEqualTo("id1");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SnapvecAutoConfiguration.class, SnapvecCacheAutoConfiguration.class,
			SnapvecObservationAutoConfiguration.class, SnapvecEndpointAutoConfiguration.class,
			SnapvecHealthContributorAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class })
	static class Application {

	}

}
