package dev.snapvec.spring.boot.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.TrainableIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;
import dev.snapvec.store.LogStats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for indexes that record their changes.
 */
@ExtendWith(OutputCaptureExtension.class)
class WriteAheadLogTests {

	private static final String SNAPSHOT = ".snapvec";

	@TempDir
	private Path temporary;

	private ApplicationContextRunner runner() {
		return runner("data");
	}

	/** An application that saves nothing when it stops, as one that is killed. */
	private ApplicationContextRunner runner(String directory) {
		return IndexRunner.in(this.temporary.resolve(directory))
			.withPropertyValues("snapvec.defaults.write-ahead-log.enabled=true",
					"snapvec.defaults.snapshot.on-shutdown=false");
	}

	@ParameterizedTest
	@CsvSource({ "always, 1s", "interval, 20ms", "never, 1s" })
	void everyChangeIsThereAfterACrash(String sync, String interval) {
		runner()
			.withPropertyValues("snapvec.indexes.products.write-ahead-log.sync=" + sync,
					"snapvec.defaults.write-ahead-log.interval=" + interval)
			.run((context) -> {
				SafeIndex index = index(context);
				IndexRunner.add(index, 5);
				index.upsert("id0", IndexRunner.vector(70));
				index.delete("id1");
				index.attribute("source", "catalogue");
				index.freeze();
				crash();
			});
		runner("crashed").run((context) -> {
			SafeIndex index = index(context);
			assertThat(index.size()).isEqualTo(4);
			assertThat(index.search(IndexRunner.vector(70), 1).get(0).id()).isEqualTo("id0");
			assertThat(index.contains("id1")).isFalse();
			assertThat(index.attributes()).containsEntry("source", "catalogue");
		});
	}

	@Test
	@Timeout(60)
	void everyChangeThatReturnedIsThereAfterTheProcessWasKilled() throws Exception {
		Path directory = this.temporary.resolve("data");
		Process process = ChildJvm
			.with("-XX:TieredStopAtLevel=1", WritingApplication.class.getName(), "--snapvec.directory=" + directory,
					"--snapvec.indexes.products.dimension=8", "--snapvec.indexes.products.write-ahead-log.enabled=true",
					"--snapvec.indexes.products.snapshot.interval=50ms", "--snapvec.indexes.products.freeze=manual")
			.redirectErrorStream(true)
			.start();
		int added = 0;
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(WritingApplication.ADDED)) {
					added = Integer.parseInt(line.substring(WritingApplication.ADDED.length()));
				}
				if (added == 300) {
					process.toHandle().destroyForcibly();
				}
			}
		}
		finally {
			assertThat(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		int acknowledged = added;
		assertThat(acknowledged).isGreaterThanOrEqualTo(300);
		runner().run((context) -> {
			SafeIndex index = index(context);
			assertThat(IntStream.rangeClosed(1, acknowledged)).allMatch((row) -> index.contains("row" + row));
			assertThat(index.size()).as("and what was under way").isBetween(acknowledged, acknowledged + 1);
		});
	}

	@Test
	void aReplayedLogIsMadeShortByASnapshotOnce(CapturedOutput output) {
		runner().run((context) -> IndexRunner.add(index(context), 5));
		List<String> before = files(SNAPSHOT);
		runner().run((context) -> {
			assertThat(snapshots(context).isDirty("products")).isFalse();
			assertThat(snapshots(context).latest("products")).isPresent();
		});
		List<String> after = files(SNAPSHOT);
		assertThat(after).hasSize(before.size() + 1);
		runner().run((context) -> assertThat(index(context).size()).isEqualTo(5));
		assertThat(files(SNAPSHOT)).as("there was nothing to replay").isEqualTo(after);
		assertThat(output).containsOnlyOnce(" changes from its write-ahead log")
			.containsPattern(
					"Restored index 'products': 5 rows from snapshot-\\d+.snapvec and 1 changes from its write-ahead log");
	}

	@Test
	void aNewIndexLeavesNothingBehindUntilItChanges() {
		runner().run((context) -> assertThat(log(context).bytes()).isZero());
		assertThat(files("")).isEmpty();
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(index(context).size()).as("so it is populated later").isEqualTo(3));
		assertThat(files(SNAPSHOT)).as("saved once").hasSize(1);
	}

	@Test
	void anIndexThatLearnsLaterIsRecordedFromThenOn() {
		runner()
			.withPropertyValues("snapvec.indexes.products.type=pq", "snapvec.indexes.products.subspaces=4",
					"snapvec.indexes.products.centroids=4")
			.run((context) -> {
				SafeIndex index = index(context);
				((TrainableIndex) index.index())
					.fit(IntStream.range(0, 50).mapToObj(IndexRunner::vector).toArray(float[][]::new));
				IndexRunner.add(index, 5);
				crash();
			});
		runner("crashed")
			.withPropertyValues("snapvec.indexes.products.type=pq", "snapvec.indexes.products.subspaces=4",
					"snapvec.indexes.products.centroids=4")
			.run((context) -> assertThat(index(context).size()).isEqualTo(5));
	}

	@Test
	void whatWasRecordedIsReplayedAlsoOnceRecordingIsOff() {
		runner().run((context) -> IndexRunner.add(index(context), 5));
		runner().withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=false").run((context) -> {
			assertThat(index(context).size()).isEqualTo(5);
			assertThat(snapshots(context).log("products")).isEmpty();
		});
	}

	@Test
	void whatAnotherApplicationRecordedMeanwhileIsRestored() {
		runner().run((context) -> {
			SafeIndex index = index(context);
			IndexRunner.add(index, 4);
			context(context).stop();
			runner().withPropertyValues("snapvec.indexes.products.restore.on-failure=previous")
				.run((other) -> index(other).delete("id0"));
			context(context).start();
			assertThat(index.contains("id0")).isFalse();
			index.delete("id1");
		});
		runner().run((context) -> assertThat(index(context).size()).isEqualTo(2));
	}

	@Test
	void pausedAndStartedAgainTheApplicationGoesOnRecording(CapturedOutput output) {
		runner().run((context) -> {
			IndexRunner.add(index(context), 4);
			long generation = index(context).generation();
			context(context).stop();
			assertThat(snapshots(context).log("products")).isEmpty();
			context(context).start();
			assertThat(index(context).generation()).as("not loaded again").isEqualTo(generation);
			index(context).delete("id1");
			crash();
		});
		runner("crashed").run((context) -> assertThat(index(context).size()).isEqualTo(3));
		assertThat(output).doesNotContain("loses changes");
	}

	@Test
	void anIndexWhoseChangesCannotBeRecordedIsDegradedUntilASnapshotMendsIt() {
		runner().withConfiguration(AutoConfigurations.of(SnapvecHealthContributorAutoConfiguration.class))
			.withPropertyValues("snapvec.indexes.products.snapshot.interval=1h")
			.run((context) -> {
				IndexRunner.add(index(context), 4);
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(health(context).getDetails()).containsEntry("logBytes", log(context).bytes());
				FileSystemUtils.deleteRecursively(this.temporary.resolve("data/products"));
				assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> index(context).delete("id1"));
				assertThat(log(context).failures()).isEqualTo(1);
				assertThat(health(context).getStatus()).isEqualTo(SnapvecHealthContributor.DEGRADED);
				Files.createDirectories(this.temporary.resolve("data/products"));
				assertThat(snapshots(context).write("products")).isPresent();
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				index(context).delete("id1");
				crash();
			});
		runner("crashed").run((context) -> assertThat(index(context).size()).isEqualTo(3));
	}

	@Test
	void anIndexThatDidNotChangeIsSavedAgainIfItsLogFails() {
		runner().withPropertyValues("snapvec.indexes.products.snapshot.interval=20ms").run((context) -> {
			IndexRunner.add(index(context), 4);
			Awaitility.await().until(() -> !snapshots(context).isDirty("products"));
			Files.delete(this.temporary.resolve("data/products").resolve(last(".snaplog")));
			assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> index(context).delete("id1"));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(log(context).failure()).isNull());
			index(context).delete("id1");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					snapshot.enabled=false                    | write-ahead-log.enabled=true | write-ahead-log.enabled  | a write-ahead log begins with a snapshot, but snapvec.indexes.products.snapshot.enabled is false
					write-ahead-log.interval=0s               | write-ahead-log.sync=interval | write-ahead-log.interval | it must be longer than zero
					write-ahead-log.interval=5s               | write-ahead-log.sync=never   | write-ahead-log.interval | it requires snapvec.indexes.products.write-ahead-log.sync to be "interval"
					lock-timeout=-1s                          | bits=4                       | lock-timeout             | it must not be negative
					""")
	void whatContradictsIsRefused(String one, String other, String key, String reason) {
		String prefix = "snapvec.indexes.products.";
		runner().withPropertyValues(prefix + one, prefix + other)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(prefix + key)
				.hasStackTraceContaining(reason.substring(1)));
	}

	@Test
	void anIndexWithoutSnapshotsDoesNotInheritALog() {
		runner().withPropertyValues("snapvec.indexes.products.snapshot.enabled=false")
			.run((context) -> assertThat(snapshots(context).log("products")).isEmpty());
	}

	private void crash() throws IOException {
		Path crashed = this.temporary.resolve("crashed");
		FileSystemUtils.deleteRecursively(crashed);
		FileSystemUtils.copyRecursively(this.temporary.resolve("data"), crashed);
	}

	private List<String> files(String suffix) {
		try (Stream<Path> files = Files.list(this.temporary.resolve("data/products"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> !file.startsWith(".") && file.endsWith(suffix))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private String last(String suffix) {
		List<String> files = files(suffix);
		return files.get(files.size() - 1);
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class);
	}

	private static IndexSnapshots snapshots(AssertableApplicationContext context) {
		return context.getBean(IndexSnapshots.class);
	}

	private static LogStats log(AssertableApplicationContext context) {
		return snapshots(context).log("products").orElseThrow();
	}

	private static Health health(AssertableApplicationContext context) {
		HealthIndicator indicator = (HealthIndicator) context.getBean(SnapvecHealthContributor.class)
			.getContributor("products");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

	private static ConfigurableApplicationContext context(AssertableApplicationContext context) {
		return context.getSourceApplicationContext(ConfigurableApplicationContext.class);
	}

}
