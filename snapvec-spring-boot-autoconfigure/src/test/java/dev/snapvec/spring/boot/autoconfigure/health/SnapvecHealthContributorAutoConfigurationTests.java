package dev.snapvec.spring.boot.autoconfigure.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapvecHealthContributorAutoConfiguration} and
 * {@link SnapvecHealthContributor}.
 */
class SnapvecHealthContributorAutoConfigurationTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withConfiguration(AutoConfigurations.of(SnapvecHealthContributorAutoConfiguration.class));
	}

	@Test
	void everyIndexHasItsOwnHealth() {
		runner().withPropertyValues("snapvec.indexes.articles.dimension=8").run((context) -> {
			SnapvecHealthContributor contributor = context.getBean(SnapvecHealthContributor.class);
			assertThat(contributor.stream().map(HealthContributors.Entry::name)).containsExactly("articles",
					"products");
			assertThat(contributor.getContributor("orders")).isNull();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthOfAnIndexThatWasNeverSaved() {
		runner().run((context) -> {
			IndexRunner.add(context.getBean(SafeIndex.class), 3);
			assertThat(health(context).getDetails()).containsEntry("rows", 3)
				.containsEntry("frozen", false)
				.containsEntry("dirty", true)
				.containsEntry("lastSnapshotOutcome", "none")
				.doesNotContainKeys("lastSnapshot", "lastSnapshotAge");
		});
	}

	@Test
	void healthOfAnIndexThatWasSaved() {
		runner().run((context) -> {
			IndexRunner.add(context.getBean(SafeIndex.class), 3);
			context.getBean(IndexSnapshots.class).write("products");
			assertThat(health(context).getDetails()).containsEntry("dirty", false)
				.containsEntry("lastSnapshotOutcome", "success")
				.containsKey("lastSnapshot")
				.extractingByKey("lastSnapshotAge")
				.isInstanceOfSatisfying(Duration.class, (age) -> assertThat(age).isLessThan(Duration.ofMinutes(1)));
		});
	}

	@Test
	void theAgeOfASnapshotDatedInTheFutureIsZero() throws IOException {
		runner().run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 3));
		Files.setLastModifiedTime(this.directory.resolve("products/snapshot-0000000001.snapvec"),
				FileTime.from(Instant.now().plus(Duration.ofDays(2))));
		runner()
			.run((context) -> assertThat(health(context).getDetails()).containsEntry("lastSnapshotAge", Duration.ZERO));
	}

	@Test
	void anIndexThatCouldNotBeSavedIsDegradedUntilItCan() {
		runner().withPropertyValues("snapvec.defaults.snapshot.interval=10ms").run((context) -> {
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			IndexRunner.add(context.getBean(SafeIndex.class), 3);
			Awaitility.await().until(() -> health(context).getStatus().equals(SnapvecHealthContributor.DEGRADED));
			assertThat(health(context).getDetails()).containsEntry("lastSnapshotOutcome", "failure")
				.containsEntry("rows", 3)
				.extractingByKey("lastError")
				.asString()
				.startsWith("dev.snapvec.IndexIoException: ")
				.contains("products")
				.doesNotContain(this.directory.toString());
			Files.createDirectories(this.directory.resolve("products"));
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.UP));
		});
	}

	@Test
	void anIndexThatCouldNotBeRestoredIsDown() {
		runner().run((context) -> {
			ConfigurableApplicationContext application = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			application.stop();
			FileSystemUtils.deleteRecursively(this.directory.resolve("products"));
			Files.writeString(this.directory.resolve("products"), "a file");
			assertThatException().isThrownBy(application::start);
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			Files.delete(this.directory.resolve("products"));
			application.start();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void whenDisabledThereIsNoHealth() {
		runner().withPropertyValues("management.health.snapvec.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SnapvecHealthContributor.class));
		runner().withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SnapvecHealthContributor.class));
	}

	@Test
	void withoutIndexesThereIsNoHealth() {
		runner().withPropertyValues("snapvec.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SnapvecHealthContributor.class));
	}

	@Test
	void healthBacksOffWhenTheUserHasTheirOwn() {
		runner().withBean("snapvecHealthIndicator", HealthIndicator.class, () -> mock(HealthIndicator.class))
			.run((context) -> assertThat(context).doesNotHaveBean(SnapvecHealthContributor.class));
	}

	@Test
	void indexesWorkWithoutHealth() {
		runner().withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("products")
				.doesNotHaveBean("snapvecHealthContributor"));
	}

	private static Health health(AssertableApplicationContext context) {
		HealthContributor contributor = context.getBean(SnapvecHealthContributor.class).getContributor("products");
		assertThat(contributor).isInstanceOf(HealthIndicator.class);
		Health health = ((HealthIndicator) contributor).health();
		assertThat(health).isNotNull();
		return health;
	}

}
