package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.StartPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IndexDefinitions}.
 */
class IndexDefinitionsTests {

	@TempDir
	private Path directory;

	@Test
	void anIndexInheritsWhatItDoesNotSet() {
		IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.defaults.dimension=12", "snapvec.defaults.bits=3",
					"snapvec.defaults.model=small", "snapvec.defaults.snapshot.interval=1h",
					"snapvec.defaults.snapshot.retain=7", "snapvec.indexes.products.bits=2",
					"snapvec.indexes.products.snapshot.interval=2s", "snapvec.indexes.articles.use-prod=true")
			.run((context) -> {
				SafeIndex products = context.getBean("products", SafeIndex.class);
				assertThat(products.dimension()).isEqualTo(12);
				assertThat(products.stats().parameters()).containsEntry("bits", 2).containsEntry("useProd", false);
				assertThat(products.index().attributes()).containsEntry("model", "small");
				SafeIndex articles = context.getBean("articles", SafeIndex.class);
				assertThat(articles.stats().parameters()).containsEntry("bits", 3).containsEntry("useProd", true);
				IndexDefinition definition = definition(context, "products");
				assertThat(definition.snapshots().interval()).isEqualTo(Duration.ofSeconds(2));
				assertThat(definition.snapshotsRetained()).isEqualTo(7);
				assertThat(definition(context, "articles").snapshots().interval()).isEqualTo(Duration.ofHours(1));
			});
	}

	@Test
	void whatNobodySetsIsTheDefaultOfTheType() {
		IndexRunner.in(this.directory).run((context) -> {
			assertThat(context.getBean(SafeIndex.class).stats().parameters()).containsEntry("bits", 4);
			IndexDefinition definition = definition(context, "products");
			assertThat(definition.snapshots().interval()).isEqualTo(Duration.ofMinutes(5));
			assertThat(definition.snapshotsRetained()).isEqualTo(3);
			assertThat(definition.onDamage()).isEqualTo(StartPolicy.OnDamage.FAIL);
			assertThat(definition.freezesOnReady()).isTrue();
			assertThat(definition.writesSnapshots()).isTrue();
			assertThat(definition.writesSnapshotOnShutdown()).isTrue();
			assertThat(definition.directory()).isEqualTo(this.directory.resolve("products"));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			snapvec.indexes.products.dimension         | 0        | must be 1 to 65536
			snapvec.indexes.products.dimension         | 70000    | must be 1 to 65536
			snapvec.indexes.products.bits              | 5        | must be 2, 3 or 4
			snapvec.indexes.products.seed              | -1       | must be 0 to 4294967295
			snapvec.indexes.products.snapshot.interval | 0s       | must be longer than zero
			snapvec.indexes.products.snapshot.retain   | 0        | must be at least 1
			snapvec.defaults.bits                      | 1        | must be 2, 3 or 4
			snapvec.defaults.snapshot.interval         | -5m      | must be longer than zero
			snapvec.directory                          | ''       | must not be empty
			""")
	void aWrongValueIsRefusedWithItsKey(String key, String value, String possible) {
		IndexRunner.in(this.directory).withPropertyValues(key + "=" + value).run((context) -> {
			InvalidConfigurationPropertyValueException failure = invalid(context);
			assertThat(failure.getName()).isEqualTo(key);
			assertThat(failure.getReason()).contains(possible).endsWith(".");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			snapvec.indexes.products.type               | faiss
			snapvec.indexes.products.similarity         | euclidean
			snapvec.indexes.products.bits               | four
			snapvec.indexes.products.freeze             | never
			snapvec.indexes.products.restore.on-failure | ignore
			snapvec.indexes.products.snapshot.interval  | often
			""")
	void aValueThatIsNotOfTheTypeIsRefusedWithItsKey(String key, String value) {
		IndexRunner.in(this.directory)
			.withPropertyValues(key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(key)
				.hasStackTraceContaining(value));
	}

	@Test
	void anIndexWithoutDimensionIsRefused() {
		IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.indexes.products.bits=4")
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("snapvec.indexes.products.dimension")
				.hasMessageContaining("required"));
	}

	@Test
	void aSketchNeedsMoreThanTwoBits() {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.products.bits=2", "snapvec.defaults.use-prod=true")
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("snapvec.defaults.use-prod")
				.hasMessageContaining("bits must be 3 or 4, but was 2"));
	}

	@Test
	void aNameThatIsNoDirectoryIsRefused() {
		IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.indexes[../other].dimension=8")
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("snapvec.indexes")
				.hasMessageContaining("'../other'")
				.hasMessageContaining("letters, digits, - and _"));
	}

	private static IndexDefinition definition(AssertableApplicationContext context, String name) {
		return context.getBean(IndexDefinitions.class)
			.all()
			.stream()
			.filter((definition) -> definition.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static InvalidConfigurationPropertyValueException invalid(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		Throwable failure = context.getStartupFailure();
		while (!(failure instanceof InvalidConfigurationPropertyValueException)) {
			assertThat(failure).isNotNull();
			failure = failure.getCause();
		}
		return (InvalidConfigurationPropertyValueException) failure;
	}

}
