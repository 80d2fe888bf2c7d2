package dev.snapvec.spring.boot.autoconfigure.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.metrics.SnapvecMetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapvecMetricsAutoConfiguration} and {@link SnapvecMetrics}.
 */
class SnapvecMetricsAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withBean(SimpleMeterRegistry.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class));
	}

	@Test
	void rowsAndSearchesAreMeasured() {
		runner().withPropertyValues("snapvec.indexes.articles.dimension=16").run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			SafeIndex index = context.getBean("products", SafeIndex.class);
			IndexRunner.add(index, 5);
			index.delete("id0");
			index.search(IndexRunner.vector(1), 1);
			index.search(IndexRunner.vector(2), 1);
			assertThat(registry.get("snapvec.size").tag("index", "products").gauge().value()).isEqualTo(4);
			assertThat(registry.get("snapvec.rows.added").tag("index", "products").counter().count()).isEqualTo(5);
			assertThat(registry.get("snapvec.rows.deleted").tag("index", "products").counter().count()).isEqualTo(1);
			assertThat(registry.get("snapvec.search").tag("index", "products").timer().count()).isEqualTo(2);
			assertThat(registry.get("snapvec.search").tag("index", "products").timer().totalTime(TimeUnit.NANOSECONDS))
				.isPositive();
			assertThat(registry.get("snapvec.search").tag("index", "articles").timer().count()).isZero();
			assertThat(registry.get("snapvec.size").tag("index", "articles").gauge().value()).isZero();
		});
	}

	@Test
	void memoryAndStateAreMeasured() {
		runner().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			SafeIndex index = context.getBean("products", SafeIndex.class);
			IndexRunner.add(index, 5);
			index.delete("id0");
			assertThat(registry.get("snapvec.rows.dead").tag("index", "products").gauge().value()).isEqualTo(1);
			assertThat(registry.get("snapvec.rows.tail").tag("index", "products").gauge().value()).isZero();
			assertThat(registry.get("snapvec.generation").tag("index", "products").gauge().value()).isEqualTo(2);
			assertThat(registry.get("snapvec.heap").tag("index", "products").gauge())
				.satisfies((gauge) -> assertThat(gauge.value()).isPositive())
				.satisfies((gauge) -> assertThat(gauge.getId().getBaseUnit()).isEqualTo("bytes"));
			assertThat(registry.get("snapvec.load").timeGauge().value(TimeUnit.SECONDS)).isNaN();
		});
		runner().run((context) -> assertThat(
				context.getBean(MeterRegistry.class).get("snapvec.load").timeGauge().value(TimeUnit.SECONDS))
			.isBetween(0.0, 60.0));
	}

	@Test
	void searchesHavePercentilesIfTheApplicationAsksForThem() {
		runner()
			.withPropertyValues("management.metrics.distribution.percentiles.snapvec.search=0.5,0.99",
					"management.metrics.distribution.percentiles-histogram.snapvec.search=true")
			.run((context) -> {
				context.getBean(SafeIndex.class).search(IndexRunner.vector(1), 1);
				HistogramSnapshot snapshot = context.getBean(MeterRegistry.class)
					.get("snapvec.search")
					.timer()
					.takeSnapshot();
				assertThat(snapshot.percentileValues()).extracting(ValueAtPercentile::percentile)
					.containsExactly(0.5, 0.99);
			});
	}

	@Test
	void metersCanBeTurnedOff() {
		runner().withPropertyValues("snapvec.metrics.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SnapvecMetrics.class));
	}

	@Test
	void whatPopulatorsAddIsMeasuredToo() {
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(7)).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("snapvec.rows.added").counter().count()).isEqualTo(7);
			assertThat(registry.get("snapvec.snapshot").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void theAgeOfTheSnapshotIsUnknownBeforeTheFirst() {
		runner().run((context) -> assertThat(
				context.getBean(MeterRegistry.class).get("snapvec.snapshot.age").timeGauge().value(TimeUnit.SECONDS))
			.isNaN());
	}

	@Test
	void theAgeOfTheSnapshotIsThatOfTheRestoredOne() {
		runner().run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 5));
		runner().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("snapvec.snapshot.age").timeGauge().value(TimeUnit.SECONDS)).isBetween(0.0, 60.0);
			assertThat(registry.get("snapvec.snapshot").timer().count()).isZero();
		});
	}

	@Test
	void theAgeOfASnapshotDatedInTheFutureIsZero() throws IOException {
		runner().run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 5));
		Path snapshot = this.directory.resolve("products/snapshot-0000000001.snapvec");
		Files.setLastModifiedTime(snapshot, FileTime.from(Instant.now().plus(Duration.ofDays(2))));
		runner().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("snapvec.snapshot.age").timeGauge().value(TimeUnit.SECONDS)).isZero();
		});
	}

	@Test
	void failedSnapshotsAreCounted() {
		runner().withPropertyValues("snapvec.defaults.snapshot.interval=10ms").run((context) -> {
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			IndexRunner.add(context.getBean(SafeIndex.class), 5);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Awaitility.await().until(() -> registry.get("snapvec.snapshot.failures").counter().count() >= 2);
		});
	}

	@Test
	void metersAreNotConfiguredWithoutARegistry() {
		IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SnapvecMetrics.class));
	}

	@Test
	void metersAreNotConfiguredWithoutIndexes() {
		runner().withPropertyValues("snapvec.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SnapvecMetrics.class));
	}

	@Test
	void metersBackOffWhenTheUserHasTheirOwn() {
		SnapvecMetrics own = new SnapvecMetrics(mock(SnapvecIndexes.class), mock(IndexSnapshots.class));
		runner().withBean("ownMetrics", SnapvecMetrics.class, () -> own)
			.run((context) -> assertThat(context).getBean(SnapvecMetrics.class).isSameAs(own));
	}

	@Test
	void indexesWorkWithoutMicrometer() {
		IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("products").doesNotHaveBean("snapvecMetrics"));
	}

}
