package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.snapvec.SafeIndex;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IndexType}.
 */
class IndexTypeTests {

	private static final String KEY = "snapvec.indexes.products.";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String type) {
		return IndexRunner.in(this.directory).withPropertyValues(KEY + "type=" + type);
	}

	@Test
	void everyTypeOfTheEngineCanBeConfigured() {
		assertThat(IndexType.values()).extracting(IndexType::value)
			.containsExactly(Stream.of(dev.snapvec.IndexType.values()).map(Object::toString).toArray(String[]::new));
	}

	@Test
	void aResidualIndexHasItsProperties() {
		runner("residual")
			.withPropertyValues(KEY + "coarse-bits=3", KEY + "residual-bits=2", KEY + "rerank=40", KEY + "seed=7")
			.run((context) -> {
				assertThat(type(context)).isEqualTo("ResidualSnapIndex");
				assertThat(parameters(context)).containsEntry("coarseBits", 3)
					.containsEntry("residualBits", 2)
					.containsEntry("rerank", 40)
					.containsEntry("seed", 7L);
			});
	}

	@Test
	void aPqIndexHasItsProperties() {
		runner("pq").withPropertyValues(KEY + "subspaces=2", KEY + "centroids=16", KEY + "opq=true").run((context) -> {
			assertThat(type(context)).isEqualTo("PqSnapIndex");
			assertThat(parameters(context)).containsEntry("subspaces", 2)
				.containsEntry("centroids", 16)
				.containsEntry("opq", true)
				.containsEntry("rht", false);
		});
	}

	@Test
	void anIvfPqIndexHasItsProperties() {
		runner("ivf-pq")
			.withPropertyValues(KEY + "nlist=8", KEY + "nprobe=3", KEY + "subspaces=8", KEY + "centroids=4",
					KEY + "rht=true", KEY + "keep-full-precision=true", KEY + "rerank=20", KEY + "model=small")
			.run((context) -> {
				assertThat(type(context)).isEqualTo("IvfPqSnapIndex");
				assertThat(parameters(context)).containsEntry("nlist", 8)
					.containsEntry("nprobe", 3)
					.containsEntry("subspaces", 8)
					.containsEntry("centroids", 4)
					.containsEntry("rht", true)
					.containsEntry("keepFullPrecision", true)
					.containsEntry("rerank", 20);
				assertThat(context.getBean(SafeIndex.class).attributes()).containsEntry("model", "small");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			residual | coarse-bits   | 5   | must be 2, 3 or 4
			residual | residual-bits | 1   | must be 2, 3 or 4
			residual | rerank        | -1  | must be at least 0
			pq       | subspaces     | 3   | must divide 8
			pq       | subspaces     | 0   | must be at least 1
			pq       | centroids     | 257 | must be 2 to 256
			ivf-pq   | nlist         | 0   | must be at least 1
			ivf-pq   | nprobe        | 300 | must be 1 to 256, the nlist
			ivf-pq   | subspaces     | 5   | must divide 8
			ivf-pq   | rerank        | 10  | rerank must be 0 without keep-full-precision
			""")
	void aWrongValueIsRefusedWithItsKey(String type, String key, String value, String reason) {
		runner(type).withPropertyValues(KEY + key + "=" + value)
			.run((context) -> assertThat(failure(context, InvalidConfigurationPropertyValueException.class))
				.satisfies((failure) -> assertThat(failure.getName()).isEqualTo(KEY + key))
				.satisfies((failure) -> assertThat(failure.getReason()).contains(reason).endsWith(".")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			snap     | nlist     | 4    | it has bits, use-prod
			residual | bits      | 4    | it has coarse-bits, residual-bits, rerank
			pq       | rerank    | 10   | it has subspaces, centroids, rht, opq
			ivf-pq   | use-prod  | true | it has nlist, nprobe, subspaces, centroids, rht, opq, keep-full-precision
			""")
	void whatTheTypeDoesNotHaveIsRefusedWithWhatItHas(String type, String key, String value, String possible) {
		runner(type).withPropertyValues(KEY + key + "=" + value)
			.run((context) -> assertThat(failure(context, InvalidConfigurationPropertyValueException.class))
				.satisfies((failure) -> assertThat(failure.getName()).isEqualTo(KEY + key))
				.satisfies((failure) -> assertThat(failure.getReason())
					.contains("An index of type " + type + " does not have this property")
					.contains(possible)));
	}

	@Test
	void whatTheTypeDoesNotHaveIsNotInherited() {
		runner("pq").withPropertyValues("snapvec.defaults.bits=3", "snapvec.indexes.articles.dimension=8")
			.run((context) -> {
				assertThat(parameters(context)).doesNotContainKey("bits");
				assertThat(context.getBean("articles", SafeIndex.class).stats().parameters()).containsEntry("bits", 3);
			});
	}

	@ParameterizedTest
	@CsvSource({ "pq", "ivf-pq" })
	void twoRotationsExcludeEachOther(String type) {
		runner(type).withPropertyValues("snapvec.defaults.rht=true", KEY + "opq=true")
			.run((context) -> assertThat(
					failure(context, MutuallyExclusiveConfigurationPropertiesException.class).getConfiguredNames())
				.containsExactlyInAnyOrder("snapvec.defaults.rht", KEY + "opq"));
		runner(type).withPropertyValues("snapvec.defaults.rht=true", KEY + "rht=false", KEY + "opq=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aSnapshotOfAnotherTypeOrOtherTraitsIsRefused() {
		runner("residual").run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 3));
		runner("snap").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("snapvec.indexes.products.type is snap, the snapshot has residual"));
		runner("residual").withPropertyValues(KEY + "coarse-bits=2")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.indexes.products.coarse-bits is 2, the snapshot has 4"));
	}

	private static String type(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class).stats().type();
	}

	private static Map<String, Object> parameters(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class).stats().parameters();
	}

	private static <T extends Throwable> T failure(AssertableApplicationContext context, Class<T> type) {
		assertThat(context).hasFailed();
		Throwable failure = context.getStartupFailure();
		while (!type.isInstance(failure)) {
			assertThat(failure).isNotNull();
			failure = failure.getCause();
		}
		return type.cast(failure);
	}

}
