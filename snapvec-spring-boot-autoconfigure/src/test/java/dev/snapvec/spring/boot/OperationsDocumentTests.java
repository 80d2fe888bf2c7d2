package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.actuate.endpoint.IndexOperation;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecCacheAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.SnapvecObservationAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.autoconfigure.metrics.SnapvecMetricsAutoConfiguration;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the tables of docs/operations.md.
 */
class OperationsDocumentTests {

	@TempDir
	private Path directory;

	@Test
	void theMetersAreThoseOfTheTables() throws IOException {
		Set<String> documented = new HashSet<>();
		for (String title : List.of("meter", "meter of tenants", "meter of observations", "meter of caches")) {
			documented.addAll(meters(title));
		}
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		measure(registry, () -> {
			List<Meter> own = registry.getMeters().stream().filter(OperationsDocumentTests::isOwn).toList();
			assertThat(own.stream().map(OperationsDocumentTests::describe).collect(Collectors.toSet()))
				.isEqualTo(documented);
			assertThat(own).filteredOn((meter) -> !isObserved(meter) && !isOfCache(meter))
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).extracting(Tag::getKey)
					.containsExactly("index"));
			assertThat(own).filteredOn(OperationsDocumentTests::isObserved)
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).extracting(Tag::getKey)
					.isSubsetOf("index", "outcome", "error"));
			assertThat(registry.get("cache.puts").tag("cache", "products").functionCounter().count()).isEqualTo(4);
		});
	}

	@Test
	void noNameOfPrometheusSaysAWordTwice() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		measure(registry, () -> {
			List<String> names = registry.scrape()
				.lines()
				.filter((line) -> line.startsWith("# TYPE "))
				.map((line) -> line.split(" ")[2])
				.filter((name) -> name.startsWith("snapvec") || name.startsWith("cache"))
				.toList();
			assertThat(names)
				.contains("snapvec_rows_added_total", "snapvec_rows_deleted_total", "snapvec_tenants_opened_total",
						"snapvec_search_seconds", "snapvec_heap_bytes", "snapvec_size_rows", "cache_puts_total")
				.allSatisfy((name) -> assertThat(name.split("_")).doesNotHaveDuplicates());
		});
	}

	/** Has everything happen that is measured. */
	private void measure(MeterRegistry registry, Runnable assertions) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		IndexRunner.in(this.directory)
			.withBean(MeterRegistry.class, () -> registry)
			.withBean(ObservationRegistry.class, () -> observations)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class,
							SnapvecCacheAutoConfiguration.class, SnapvecObservationAutoConfiguration.class))
			.withPropertyValues("snapvec.observations.enabled=true", "snapvec.indexes.products.freeze=manual",
					"snapvec.indexes.products.write-ahead-log.enabled=true", "snapvec.indexes.replica.dimension=8",
					"snapvec.indexes.replica.reload.enabled=true", "snapvec.tenants.documents.dimension=8")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				SafeIndex products = context.getBean("products", SafeIndex.class);
				IndexRunner.add(products, 3);
				SearchRequest request = SearchRequest.of(IndexRunner.vector(1)).build();
				products.search(request);
				products.search(request);
				products.searchAll(IntStream.range(2, 5)
					.mapToObj((row) -> SearchRequest.of(IndexRunner.vector(row)).build())
					.toList());
				context.getBean(IndexSnapshots.class).write("products");
				context.getBean(SnapvecTenants.class).run("acme", (index) -> {
					IndexRunner.add(index, 1);
					index.search(request);
				});
				assertions.run();
			});
	}

	private static boolean isOwn(Meter meter) {
		return meter.getId().getName().startsWith("snapvec.") || isOfCache(meter);
	}

	private static boolean isOfCache(Meter meter) {
		return "snapvec".equals(meter.getId().getTag("cache.manager"));
	}

	private static boolean isObserved(Meter meter) {
		return meter.getId().getName().startsWith("snapvec.index.");
	}

	private static Set<String> meters(String title) throws IOException {
		return rows(title)
			.map((cells) -> String.format(Locale.ROOT, "%s|%s|%s", cells.get(0), cells.get(1), cells.get(2)))
			.collect(Collectors.toSet());
	}

	private static String describe(Meter meter) {
		String type = (meter instanceof TimeGauge) ? "time gauge" : meter.getId().getType().name();
		String unit = meter.getId().getBaseUnit();
		boolean timed = meter instanceof Timer || meter instanceof LongTaskTimer;
		return String.format(Locale.ROOT, "%s|%s|%s", meter.getId().getName(),
				type.toLowerCase(Locale.ROOT).replace('_', ' '), (unit != null) ? unit : (timed ? "seconds" : ""));
	}

	@Test
	void theOperationsAreThoseOfTheTable() throws IOException {
		assertThat(rows("operation").map((cells) -> cells.get(0).toUpperCase(Locale.ROOT).replace('-', '_')))
			.containsExactlyElementsOf(Stream.of(IndexOperation.values()).map(Enum::name).toList());
	}

	@Test
	void theOutcomesAreThoseOfTheTable() throws IOException {
		assertThat(rows("status").map((cells) -> cells.get(1)).filter((outcome) -> !outcome.isEmpty()))
			.containsExactlyElementsOf(Stream.of(OperationDescriptor.Outcome.values()).map(Enum::name).toList());
	}

	@Test
	void theDetailsOfHealthAreThoseOfTheTable() throws IOException {
		Set<String> documented = rows("detail").map((cells) -> cells.get(0)).collect(Collectors.toSet());
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.defaults.write-ahead-log.enabled=true")
			.withConfiguration(AutoConfigurations.of(SnapvecHealthContributorAutoConfiguration.class))
			.run((context) -> {
				HealthIndicator health = (HealthIndicator) context.getBean(SnapvecHealthContributor.class)
					.getContributor("products");
				assertThat(health).isNotNull();
				IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
				SafeIndex index = context.getBean(SafeIndex.class);
				IndexRunner.add(index, 3);
				snapshots.write("products");
				Set<String> details = new HashSet<>(health.health().getDetails().keySet());
				index.delete("id0");
				FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
				assertThatExceptionOfType(SnapvecException.class).isThrownBy(() -> snapshots.write("products"));
				details.addAll(health.health().getDetails().keySet());
				assertThat(details).isEqualTo(documented);
			});
	}

	/** The rows of the table whose first column has the title. */
	private static Stream<List<String>> rows(String title) throws IOException {
		return Files.readAllLines(Path.of("../docs/operations.md"))
			.stream()
			.dropWhile((line) -> !line.startsWith("| " + title + " |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> Stream.of(line.substring(1).split("\\|"))
				.map((cell) -> cell.strip().replace("`", ""))
				.toList());
	}

}
