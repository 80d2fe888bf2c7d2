package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.actuate.endpoint.IndexOperation;
import dev.snapvec.spring.boot.actuate.endpoint.OperationDescriptor;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
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
	void theMetersAreThoseOfTheTable() throws IOException {
		Set<String> documented = meters("meter");
		measured(IndexRunner.in(this.directory)).run((context) -> {
			assertThat(meters(context, "")).isEqualTo(documented);
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.filteredOn((meter) -> meter.getId().getName().startsWith("snapvec."))
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).singleElement()
					.satisfies((tag) -> assertThat(tag.getKey()).isEqualTo("index")));
		});
	}

	@Test
	void theMetersOfTenantsAreThoseOfTheTable() throws IOException {
		Set<String> documented = meters("meter of tenants");
		measured(IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.tenants.documents.dimension=8"))
			.run((context) -> assertThat(meters(context, "tenants.")).isEqualTo(documented));
	}

	private static ApplicationContextRunner measured(ApplicationContextRunner runner) {
		return runner.withBean(SimpleMeterRegistry.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SnapvecMetricsAutoConfiguration.class));
	}

	private static Set<String> meters(String title) throws IOException {
		return rows(title).map((cells) -> String.format(Locale.ROOT, "%s|%s|%s", cells.get(0), cells.get(1),
				cells.get(1).endsWith("r") ? "" : cells.get(2)))
			.collect(Collectors.toSet());
	}

	private static Set<String> meters(AssertableApplicationContext context, String prefix) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("snapvec." + prefix))
			.map(OperationsDocumentTests::describe)
			.collect(Collectors.toSet());
	}

	private static String describe(Meter meter) {
		String type = (meter instanceof TimeGauge) ? "time gauge" : meter.getId().getType().name();
		String unit = type.endsWith("R") ? "" : meter.getId().getBaseUnit();
		return String.format(Locale.ROOT, "%s|%s|%s", meter.getId().getName(), type.toLowerCase(Locale.ROOT), unit);
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
