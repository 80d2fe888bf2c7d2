package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.InvalidVectorException;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.observation.IndexObservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SnapvecObservationAutoConfiguration}.
 */
class SnapvecObservationAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.observations.enabled=true")
			.withBean(TestObservationRegistry.class, TestObservationRegistry::create)
			.withConfiguration(AutoConfigurations.of(SnapvecObservationAutoConfiguration.class,
					SnapvecCacheAutoConfiguration.class));
	}

	@Test
	void searchesAreObserved() {
		runner().run((context) -> {
			context.getBean(SafeIndex.class).search(IndexRunner.vector(1), 2);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasNameEqualTo("snapvec.index.search")
				.hasContextualNameEqualTo("search products")
				.hasLowCardinalityKeyValue("index", "products")
				.hasLowCardinalityKeyValue("outcome", "success")
				.hasBeenStopped();
		});
	}

	@Test
	void answersFromTheCacheAreObservedToo() {
		runner().run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.search(IndexRunner.vector(1), 2)).isSameAs(index.search(IndexRunner.vector(1), 2));
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasNumberOfObservationsWithNameEqualTo("snapvec.index.search", 2);
		});
	}

	@Test
	void manySearchesAtOnceAreOneObservation() {
		runner()
			.withPropertyValues("snapvec.indexes.uncached.dimension=8", "snapvec.indexes.uncached.cache.enabled=false")
			.run((context) -> {
				SearchRequest request = SearchRequest.of(IndexRunner.vector(1)).build();
				for (String name : List.of("products", "uncached")) {
					SafeIndex index = context.getBean(name, SafeIndex.class);
					IndexRunner.add(index, 3);
					assertThat(index.searchAll(List.of(request, request, request))).hasSize(3)
						.allMatch((hits) -> hits.get(0).id().equals("id1"));
				}
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasNumberOfObservationsWithNameEqualTo("snapvec.index.search", 0)
					.hasNumberOfObservationsWithNameEqualTo("snapvec.index.search-all", 2);
			});
	}

	@Test
	void searchesThatFailAreObserved() {
		runner().run((context) -> {
			assertThatExceptionOfType(InvalidVectorException.class)
				.isThrownBy(() -> context.getBean(SafeIndex.class).search(new float[3], 2));
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasLowCardinalityKeyValue("outcome", "error")
				.hasError()
				.hasBeenStopped();
		});
	}

	@Test
	void snapshotsAreObserved() {
		runner().run((context) -> {
			IndexRunner.add(context.getBean(SafeIndex.class), 3);
			context.getBean(IndexSnapshots.class).write("products");
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasObservationWithNameEqualTo("snapvec.index.snapshot")
				.that()
				.hasLowCardinalityKeyValue("outcome", "success");
		});
	}

	@Test
	void snapshotsThatFailAreObserved() {
		runner().run((context) -> {
			IndexRunner.add(context.getBean(SafeIndex.class), 3);
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			assertThatExceptionOfType(SnapvecException.class)
				.isThrownBy(() -> context.getBean(IndexSnapshots.class).write("products"));
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasObservationWithNameEqualTo("snapvec.index.snapshot")
				.that()
				.hasLowCardinalityKeyValue("outcome", "error")
				.hasError();
		});
	}

	@Test
	void errorsAreFailuresToo() {
		runner().run((context) -> {
			IndexObservation observation = context.getBean(IndexObservation.class);
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> observation.snapshot("products", () -> {
				throw new OutOfMemoryError("no more");
			}));
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasSingleObservationThat()
				.hasLowCardinalityKeyValue("outcome", "error")
				.hasError();
		});
	}

	@Test
	void nothingIsObservedUnlessAskedFor() {
		runner().withPropertyValues("snapvec.observations.enabled=false").run((context) -> {
			context.getBean(SafeIndex.class).search(IndexRunner.vector(1), 2);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.doesNotHaveAnyObservation();
		});
	}

	@Test
	void nothingIsObservedWithoutARegistry() {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.observations.enabled=true")
			.withConfiguration(AutoConfigurations.of(SnapvecObservationAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IndexObservation.class));
	}

	@Test
	void indexesWorkWithoutMicrometer() {
		IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("products"));
	}

}
