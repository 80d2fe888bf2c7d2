package dev.snapvec.spring.boot.config;

import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecCacheAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecObservationAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.cache.SearchCacheMetrics;
import dev.snapvec.spring.boot.metrics.SnapvecMetrics;
import dev.snapvec.spring.boot.observation.IndexObservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link ConditionalOnEnabled}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OnEnabledConditionTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecMetricsAutoConfiguration.class,
					SnapvecObservationAutoConfiguration.class, SnapvecCacheAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(ObservationRegistry.class, ObservationRegistry::create);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "TRUE", "yes", "on", "1" })
	void whatSpringBootTakesForTrueTurnsNothingOff(String value) {
		runner().withPropertyValues("snapvec.enabled=" + value, "snapvec.metrics.enabled=" + value)
			.run((context) -> assertThat(context).hasSingleBean(SafeIndex.class)
				.hasSingleBean(SnapvecMetrics.class)
				.hasSingleBean(SearchCacheMetrics.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "no", "off", "0" })
	void whatSpringBootTakesForFalseTurnsOff(String value) {
		runner().withPropertyValues("snapvec.enabled=" + value)
			.run((context) -> assertThat(context).doesNotHaveBean(SafeIndex.class));
		runner().withPropertyValues("snapvec.metrics.enabled=" + value)
			.run((context) -> assertThat(context).hasSingleBean(SafeIndex.class)
				.doesNotHaveBean(SnapvecMetrics.class)
				.doesNotHaveBean(SearchCacheMetrics.class));
	}

	@ParameterizedTest
	@CsvSource({ "yes, 1", "on, 1", "off, 0" })
	void observationsAreReadAlike(String value, int beans) {
		runner().withPropertyValues("snapvec.observations.enabled=" + value)
			.run((context) -> assertThat(context.getBeansOfType(IndexObservation.class)).hasSize(beans));
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvec.enabled", "snapvec.metrics.enabled", "snapvec.observations.enabled" })
	void aSlipFailsTheStartAndIsExplained(String key, CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException()
			.isThrownBy(() -> application.run("--snapvec.directory=" + this.directory, "--" + key + "=ture"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value 'ture' for configuration property '" + key + "'")
			.contains("It must be true or false.");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

}
