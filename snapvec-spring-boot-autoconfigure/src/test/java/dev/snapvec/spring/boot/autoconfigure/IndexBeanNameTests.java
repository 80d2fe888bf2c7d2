package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;

import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import dev.snapvec.spring.boot.diagnostics.IndexBeanOverrideFailureAnalyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

/**
 * Tests for names of indexes that are names of other beans.
 */
class IndexBeanNameTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "messageSource", "environment", "systemProperties", "systemEnvironment",
			"applicationStartup", "conversionService", "lifecycleProcessor", "applicationEventMulticaster",
			"loadTimeWeaver", "bootstrapExecutor", "applicationTaskExecutor", "taskExecutor", "taskScheduler",
			"dispatcherServlet", "viewResolver", "localeResolver", "multipartResolver", "meterRegistry", "cacheManager",
			"dataSource", "transactionManager", "entityManagerFactory" })
	void whatSpringLooksUpByItsNameIsNoIndex(String name) {
		for (String key : new String[] { "indexes", "tenants" }) {
			refused(IndexRunner.withoutIndexesIn(this.directory), key, name)
				.satisfies((failure) -> assertThat(failure).hasMessageContaining("'" + name + "'")
					.hasMessageContaining("rename"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvecIndexes", "snapvecSnapshots", "snapvecLifecycle", "snapvecIndexRegistry",
			"snapvecMetrics", "snapvecSearchCaches", "snapvecHealthContributor", "snapvecEndpoint",
			"snapvecConfiguredTenants", "snapvecObservations" })
	void whatTheStarterCallsItsOwnBeansIsNoIndex(String name) {
		refused(IndexRunner.withoutIndexesIn(this.directory), "indexes", name)
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("snapvec"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aBeanOfTheApplicationIsNotReplaced(boolean overriding) {
		ApplicationContextRunner runner = IndexRunner.withoutIndexesIn(this.directory)
			.withUserConfiguration(Application.class)
			.withAllowBeanDefinitionOverriding(overriding);
		refused(runner, "indexes", "clock").satisfies((failure) -> assertThat(failure).hasMessageContaining("'clock'")
			.hasMessageContaining(Application.class.getName()));
		refused(runner, "indexes", "alias")
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("'alias'").hasMessageContaining("clock"));
		refused(runner, "tenants", "clock").satisfies((failure) -> assertThat(failure).hasMessageContaining("'clock'"));
	}

	@Test
	void aSingletonThatAnInitializerRegisteredIsNotReplaced() {
		refused(IndexRunner.withoutIndexesIn(this.directory)
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("zone", "UTC"))
			.withInitializer((context) -> ((GenericApplicationContext) context).registerBean("ticker", Clock.class,
					Clock::systemUTC)),
				"indexes", "zone")
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("java.lang.String"));
	}

	@Test
	void aBeanThatAnAutoConfigurationDefinesLaterIsNamedByTheAnalysis() {
		Environment environment = new MockEnvironment().withProperty("snapvec.indexes.later.dimension", "8");
		IndexRunner.withoutIndexesIn(this.directory)
			.withConfiguration(AutoConfigurations.of(Later.class))
			.withPropertyValues("snapvec.indexes.later.dimension=8")
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new IndexBeanOverrideFailureAnalyzer(environment)
					.analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("snapvec.indexes.later")
					.contains(Later.class.getName())
					.doesNotContain("null");
				assertThat(analysis.getAction()).contains("renaming");
			});
	}

	private ObjectAssert<Throwable> refused(ApplicationContextRunner runner, String key, String name) {
		Throwable[] failure = new Throwable[1];
		runner.withPropertyValues(String.format(Locale.ROOT, "snapvec.%s.%s.dimension=8", key, name)).run((context) -> {
			assertThat(context).hasFailed();
			failure[0] = context.getStartupFailure();
			while (!(failure[0] instanceof InvalidConfigurationPropertyValueException)) {
				assertThat(failure[0]).isNotNull();
				failure[0] = failure[0].getCause();
			}
			assertThat(failure[0]).hasMessageContaining("snapvec." + key)
				.hasMessageContaining(
						String.format(Locale.ROOT, "\"snapvec.%s.%s.dimension\" from property source", key, name))
				.hasMessageNotContaining("null");
		});
		return assertThatObject(failure[0]);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean({ "clock", "alias" })
		Clock clock() {
			return Clock.systemUTC();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigureAfter(SnapvecAutoConfiguration.class)
	static class Later {

		@Bean
		Clock later() {
			return Clock.systemUTC();
		}

	}

}
