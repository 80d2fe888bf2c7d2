package dev.snapvec.spring.boot.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import dev.snapvec.FrozenIndexException;
import dev.snapvec.IndexListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.health.SnapvecHealthContributorAutoConfiguration;
import dev.snapvec.spring.boot.event.IndexEvent;
import dev.snapvec.spring.boot.event.IndexReloaded;
import dev.snapvec.spring.boot.event.IndexRestored;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FollowingIndex}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FollowingIndexTests {

	@TempDir
	private Path directory;

	private final List<IndexEvent> events = new CopyOnWriteArrayList<>();

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory)
			.withInitializer((context) -> context.addApplicationListener(this::note))
			.withConfiguration(AutoConfigurations.of(SnapvecHealthContributorAutoConfiguration.class));
	}

	private ApplicationContextRunner follower() {
		return runner().withPropertyValues("snapvec.indexes.products.reload.enabled=true",
				"snapvec.indexes.products.reload.interval=20ms");
	}

	private void note(ApplicationEvent event) {
		if (event instanceof PayloadApplicationEvent<?> payload
				&& payload.getPayload() instanceof IndexEvent indexEvent) {
			this.events.add(indexEvent);
		}
	}

	@Test
	void whatAnotherApplicationSavesIsSearchedSoonAfter(CapturedOutput output) {
		runner().withPropertyValues("snapvec.indexes.products.freeze=manual").run((writer) -> {
			IndexRunner.add(index(writer), 3);
			snapshots(writer).write("products");
			this.events.clear();
			follower().run((context) -> {
				SafeIndex index = index(context);
				assertThat(index.size()).isEqualTo(3);
				index(writer).add("newer", IndexRunner.vector(50));
				Snapshot written = snapshots(writer).write("products").orElseThrow();
				Awaitility.await().until(() -> index.contains("newer"));
				assertThat(index.search(IndexRunner.vector(50), 1).get(0).id()).isEqualTo("newer");
				assertThat(snapshots(context).latest("products")).contains(written);
				assertThat(snapshots(context).isDirty("products")).isFalse();
				assertThat(snapshots(context).isFollower("products")).isTrue();
				Awaitility.await().until(() -> has(IndexReloaded.class));
			});
			assertThat(has(IndexRestored.class)).isTrue();
			index(writer).delete("newer");
			assertThat(snapshots(writer).write("products")).as("the writer goes on").isPresent();
		});
		assertThat(output).contains("Restored index 'products': 3 rows from snapshot-0000000001.snapvec")
			.contains("Reloaded index 'products': 4 rows from snapshot-0000000002.snapvec");
	}

	private boolean has(Class<?> type) {
		return this.events.stream().anyMatch(type::isInstance);
	}

	@Test
	void aFollowerCanStartBeforeTheWriterAndLeavesNothingBehind(CapturedOutput output) {
		follower().run((context) -> {
			assertThat(index(context).size()).isZero();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsEntry("lastSnapshotOutcome", "none")
				.containsEntry("follower", true);
			assertThat(this.directory.resolve("products")).doesNotExist();
			runner().run((writer) -> IndexRunner.add(index(writer), 2));
			Awaitility.await().until(() -> index(context).size() == 2);
			assertThat(health(context).getDetails()).containsEntry("lastSnapshotOutcome", "success")
				.containsEntry("lastSnapshotNumber", 1L)
				.containsKey("lastSnapshotAge");
		});
		assertThat(files()).containsExactly("snapshot-0000000001.snapvec");
		assertThat(output).contains("Index 'products' is empty until another process saves it to");
	}

	@Test
	void aFollowerTakesNoChangesAndIsNotSaved() {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		follower().run((context) -> {
			assertThat(index(context).isFrozen()).isTrue();
			assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(() -> index(context).delete("id0"));
			assertThatIllegalStateException().isThrownBy(() -> snapshots(context).write("products"))
				.withMessageContaining(
						"it follows another process, as snapvec.indexes.products.reload.enabled is true");
		});
		assertThat(files()).hasSize(1);
	}

	@Test
	void anIndexThatIsWrittenHereIsNotReloaded() {
		runner()
			.run((context) -> assertThatIllegalStateException().isThrownBy(() -> snapshots(context).reload("products"))
				.withMessageContaining("this process writes it, as snapvec.indexes.products.reload.enabled is false"));
	}

	@Test
	void aDamagedSnapshotFailsTheStartUnlessToldOtherwise() throws IOException {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		damage("snapshot-0000000001.snapvec");
		follower()
			.run((context) -> assertThat(context).getFailure().cause().isInstanceOf(CorruptSnapshotException.class));
		follower().withPropertyValues("snapvec.indexes.products.restore.on-failure=empty").run((context) -> {
			assertThat(index(context).size()).isZero();
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			save(SnapIndex.builder(8).build());
			Awaitility.await().until(() -> index(context).size() == 5);
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.UP));
		});
	}

	@Test
	void aReloadThatFailsLeavesTheIndexAndIsDegradedUntilOneSucceeds(CapturedOutput output) {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		follower().run((context) -> {
			save(SnapIndex.builder(8).bits(2).build());
			Awaitility.await().until(() -> health(context).getStatus().equals(SnapvecHealthContributor.DEGRADED));
			assertThat(index(context).size()).isEqualTo(2);
			assertThat(snapshots(context).failure("products").orElseThrow())
				.hasMessageContaining("snapvec.indexes.products.bits is 4, the snapshot has 2");
			save(SnapIndex.builder(8).build());
			Awaitility.await().until(() -> index(context).size() == 5);
			Awaitility.await().until(() -> health(context).getStatus().equals(Status.UP));
		});
		assertThat(output).containsOnlyOnce("could not be reloaded and is unchanged")
			.containsOnlyOnce("Index 'products' is reloaded again, after a failure");
	}

	@Test
	void aSnapshotThatIsNotSoundIsReadAgainOnDemandOnly() {
		AtomicInteger failures = new AtomicInteger();
		follower().run((context) -> {
			snapshots(context).addListener(new SnapshotListener() {

				@Override
				public void reloadFailed(String index, Exception failure) {
					failures.incrementAndGet();
				}

			});
			save(SnapIndex.builder(8).bits(2).build());
			Awaitility.await().until(() -> failures.get() == 1);
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> failures.get() == 1);
			assertThatExceptionOfType(SnapshotMismatchException.class)
				.isThrownBy(() -> snapshots(context).reload("products"));
			assertThat(failures).hasValue(2);
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void aPausedFollowerCatchesUpWhenItStartsAgain() {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		follower().run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			source.stop();
			assertThatIllegalStateException().isThrownBy(() -> snapshots(context).reload("products"));
			runner().run((writer) -> index(writer).delete("id0"));
			assertThat(index(context).size()).isEqualTo(2);
			source.start();
			assertThat(index(context).size()).isEqualTo(1);
		});
	}

	@Test
	void aModelThatTheSnapshotDoesNotNameIsNoted() {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		follower().withPropertyValues("snapvec.indexes.products.model=small")
			.run((context) -> assertThat(index(context).attributes()).containsEntry("model", "small"));
	}

	@Test
	void populatorsOfAFollowerAreSkippedAndThatIsSaidOnce(CapturedOutput output) {
		follower().withBean("catalogue", IndexPopulator.class, () -> IndexRunner.populator(3))
			.run((context) -> assertThat(index(context).size()).isZero());
		assertThat(files()).isEmpty();
		assertThat(output)
			.containsOnlyOnce("Index 'products' is not populated by 'catalogue', because it follows another"
					+ " process: snapvec.indexes.products.reload.enabled is true");
	}

	@Test
	void aFollowerCannotBeChangedByAnyCall() {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		follower().run((context) -> {
			SafeIndex index = index(context);
			VectorIndex held = index.index();
			for (Runnable change : List.<Runnable>of(index::unfreeze, () -> index.add("id9", IndexRunner.vector(9)),
					() -> index.upsert("id0", IndexRunner.vector(9)), () -> index.delete("id0"),
					() -> index.attribute("name", "value"), () -> index.replace(SnapIndex.builder(8).build()),
					() -> index.local().restore(SnapIndex.builder(8).build()))) {
				assertThatExceptionOfType(FrozenIndexException.class).isThrownBy(change::run)
					.withMessage("index 'products' follows another process and rejects changes,"
							+ " as snapvec.indexes.products.reload.enabled is true; change it there");
			}
			assertThat(index.isFrozen()).isTrue();
			assertThat(index.index()).isSameAs(held);
			assertThat(index.size()).isEqualTo(2);
			assertThat(snapshots(context).isDirty("products")).isFalse();
		});
	}

	@Test
	void aFollowerThatHasNotLearnedIsNotTrainedHere() {
		follower()
			.withPropertyValues("snapvec.indexes.products.type=pq", "snapvec.indexes.products.subspaces=4",
					"snapvec.indexes.products.centroids=4")
			.run((context) -> assertThatExceptionOfType(FrozenIndexException.class)
				.isThrownBy(() -> index(context)
					.fit(IntStream.range(0, 50).mapToObj(IndexRunner::vector).toArray(float[][]::new)))
				.withMessageContaining("index 'products' follows another process"));
	}

	/** Whoever waits for another thread in a listener must not wait for ever. */
	@Test
	void aListenerOfAReloadMayWaitForAnotherThreadThatReloads() {
		runner().run((writer) -> IndexRunner.add(index(writer), 2));
		AtomicReference<Object> other = new AtomicReference<>();
		follower().withPropertyValues("snapvec.indexes.products.reload.interval=1h").run((context) -> {
			index(context).addListener(new IndexListener() {

				@Override
				public void replaced(SafeIndex index) {
					try {
						other.set(CompletableFuture.supplyAsync(() -> snapshots(context).reload("products"))
							.get(10, TimeUnit.SECONDS));
					}
					catch (Exception ex) {
						other.set(ex);
					}
				}

			});
			save(SnapIndex.builder(8).build());
			assertThat(snapshots(context).reload("products")).isPresent();
			assertThat(other.get()).as("it was there already").isEqualTo(Optional.empty());
		});
	}

	@Test
	void aSnapshotIsPutInPlaceOnceHoweverManyReload() {
		AtomicInteger replaced = new AtomicInteger();
		follower().withPropertyValues("snapvec.indexes.products.reload.interval=1h").run((context) -> {
			index(context).addListener(new IndexListener() {

				@Override
				public void replaced(SafeIndex index) {
					replaced.incrementAndGet();
				}

			});
			for (int round = 1; round <= 10; round++) {
				save(SnapIndex.builder(8).build());
				long reloaded = IntStream.range(0, 4)
					.mapToObj((thread) -> CompletableFuture.supplyAsync(() -> snapshots(context).reload("products")))
					.toList()
					.stream()
					.filter((reload) -> reload.join().isPresent())
					.count();
				assertThat(reloaded).isEqualTo(1);
				assertThat(replaced).hasValue(round);
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "write-ahead-log.enabled, true", "snapshot.enabled, true", "freeze, manual" })
	void whatOnlyWritersHaveIsRefused(String key, String value) {
		String property = "snapvec.indexes.products." + key;
		follower().withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(property)
				.hasStackTraceContaining("An index that follows another process is not written here, but"
						+ " snapvec.indexes.products.reload.enabled is true."));
		runner().withPropertyValues("snapvec.defaults.reload.enabled=true", "snapvec.defaults." + key + "=" + value)
			.run((context) -> assertThat(context).as("both inherited").hasFailed());
		follower().withPropertyValues("snapvec.defaults." + key + "=" + value)
			.run((context) -> assertThat(context).as("not inherited by a follower").hasNotFailed());
	}

	@Test
	void anIntervalMustBeLongerThanZero() {
		runner().withPropertyValues("snapvec.defaults.reload.interval=0s")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("snapvec.defaults.reload.interval")
				.hasStackTraceContaining("It must be longer than zero."));
	}

	/** Saves five rows as another process does. */
	private void save(SnapIndex empty) {
		SafeIndex index = new SafeIndex("products", empty);
		IndexRunner.add(index, 5);
		try (IndexStore store = IndexStore.open(this.directory.resolve("products"), 3)) {
			store.save(index);
		}
	}

	private void damage(String name) throws IOException {
		Path file = this.directory.resolve("products").resolve(name);
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
	}

	private List<String> files() {
		try (Stream<Path> files = Files.list(this.directory.resolve("products"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> !file.startsWith("."))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class);
	}

	private static IndexSnapshots snapshots(AssertableApplicationContext context) {
		return context.getBean(IndexSnapshots.class);
	}

	private static Health health(AssertableApplicationContext context) {
		HealthIndicator indicator = (HealthIndicator) context.getBean(SnapvecHealthContributor.class)
			.getContributor("products");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

}
