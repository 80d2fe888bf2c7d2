package dev.snapvec.spring.boot;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.actuate.endpoint.IndexDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.IndexesDescriptor;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor;
import dev.snapvec.spring.boot.autoconfigure.IndexProperties;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecCacheAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.TenantProperties;
import dev.snapvec.spring.boot.autoconfigure.endpoint.SnapvecEndpointAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is processed ahead of time.
 */
class AheadOfTimeTests {

	@TempDir
	private Path directory;

	@Test
	@CompileWithForkedClassLoader
	void whatIsGeneratedStartsAndSearches() {
		process((generation, initializer) -> TestCompiler.forSystem().with(generation).compile((compiled) -> {
			@SuppressWarnings("unchecked")
			ApplicationContextInitializer<GenericApplicationContext> generated = compiled
				.getInstance(ApplicationContextInitializer.class, initializer.toString());
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				properties().applyTo(context);
				generated.initialize(context);
				context.refresh();
				SafeIndex index = context.getBean("products", SafeIndex.class);
				assertThat(index.size()).isEqualTo(5);
				assertThat(index.search(IndexRunner.vector(3), 1)).hasSize(1);
				assertThat(context.getBean(IndexSnapshots.class).list("products")).hasSize(1);
				assertThat(context.getBean(SnapvecTenants.class).<Integer>call("acme", SafeIndex::size)).isEqualTo(5);
				assertThat(context.getBean(SnapvecHealthContributor.class).getContributor("products")).isNotNull();
			}
		}));
	}

	@Test
	void whatTheEndpointAnswersCanBeWritten() {
		hints((hints) -> {
			assertThat(RuntimeHintsPredicates.reflection().onType(IndexesDescriptor.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(IndexesDescriptor.Summary.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(IndexDescriptor.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(IndexDescriptor.SavedIndex.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(IndexDescriptor.WriteAheadLog.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(OperationDescriptor.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(OperationDescriptor.VerifiedFile.class))
				.accepts(hints);
		});
	}

	@Test
	void propertiesOfIndexesCanBeBound() {
		hints((hints) -> {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(IndexProperties.class, "setNlist"))
				.accepts(hints);
			assertThat(
					RuntimeHintsPredicates.reflection().onMethodInvocation(IndexProperties.Snapshot.class, "setCron"))
				.accepts(hints);
			assertThat(
					RuntimeHintsPredicates.reflection().onMethodInvocation(IndexProperties.Cache.class, "setEnabled"))
				.accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(TenantProperties.class, "setMaximumOpen"))
				.accepts(hints);
		});
	}

	private void hints(Consumer<RuntimeHints> assertions) {
		process((generation, initializer) -> assertions.accept(generation.getRuntimeHints()));
	}

	private void process(Processed processed) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			properties().applyTo(context);
			TestGenerationContext generation = new TestGenerationContext();
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			processed.with(generation, initializer);
		}
	}

	private TestPropertyValues properties() {
		return TestPropertyValues.of("snapvec.directory=" + this.directory, "snapvec.tenants.documents.dimension=8",
				"snapvec.indexes.products.dimension=8", "management.endpoints.web.exposure.include=snapvec");
	}

	private interface Processed {

		void with(TestGenerationContext generation, ClassName initializer);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TaskSchedulingAutoConfiguration.class, SnapvecAutoConfiguration.class,
			SnapvecCacheAutoConfiguration.class, SnapvecEndpointAutoConfiguration.class,
			SnapvecHealthContributorAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class })
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		IndexPopulator populator() {
			return new IndexPopulator() {

				@Override
				public void populate(SafeIndex index, ProgressListener progress) {
					IndexRunner.add(index, 5);
				}

				@Override
				public Set<String> indexNames() {
					return Set.of("products", "documents");
				}

			};
		}

	}

}
