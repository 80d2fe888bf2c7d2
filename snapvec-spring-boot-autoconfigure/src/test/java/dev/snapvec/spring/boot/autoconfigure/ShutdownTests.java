package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import dev.snapvec.SafeIndex;
import dev.snapvec.SearchInterceptor;
import dev.snapvec.StoreLockedException;
import dev.snapvec.spring.boot.lifecycle.SnapvecLifecycle;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a last snapshot that takes too long.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTests {

	@TempDir
	private Path temporary;

	private final CountDownLatch disk = new CountDownLatch(1);

	@Test
	void aLastSnapshotThatTakesTooLongIsNotWaitedForAndTheOneBeforeStays(CapturedOutput output) throws IOException {
		Path directory = this.temporary.resolve("data");
		IndexRunner.in(directory).run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 3));
		List<String> before = snapshots(directory);
		long start = System.nanoTime();
		IndexRunner.in(directory)
			.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=200ms")
			.withBean(IndexObservation.class, () -> new SlowDisk(this.disk))
			.run((context) -> context.getBean(SafeIndex.class).delete("id0"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		assertThat(output).contains("Index 'products' was not saved within spring.lifecycle.timeout-per-shutdown-phase;"
				+ " if the process ends now, changes since its last snapshot are lost");
		assertThat(snapshots(directory)).isEqualTo(before);
		Path ended = this.temporary.resolve("ended");
		FileSystemUtils.copyRecursively(directory, ended);
		IndexRunner.in(ended)
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).as("as it was before").isEqualTo(3));
		assertThatExceptionOfType(StoreLockedException.class).as("as long as it is written to")
			.isThrownBy(() -> IndexStore.open(directory.resolve("products"), 3));
		this.disk.countDown();
		IndexRunner.in(directory)
			.withPropertyValues("snapvec.defaults.lock-timeout=30s")
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).as("the process lived on")
				.isEqualTo(2));
	}

	@Test
	void startedAgainTheApplicationWaitsForTheLastSnapshot() {
		IndexRunner.in(this.temporary)
			.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class))
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=100ms")
			.withBean(IndexObservation.class, () -> new SlowDisk(this.disk))
			.run((context) -> {
				SnapvecLifecycle lifecycle = context.getBean(SnapvecLifecycle.class);
				IndexRunner.add(context.getBean(SafeIndex.class), 3);
				CountDownLatch stopped = new CountDownLatch(1);
				lifecycle.stop(stopped::countDown);
				Awaitility.await().until(() -> !lifecycle.isRunning());
				assertThat(stopped.getCount()).isEqualTo(1);
				this.disk.countDown();
				lifecycle.start();
				assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(lifecycle.isRunning()).isTrue();
				assertThat(snapshots(this.temporary)).hasSize(1);
			});
	}

	private static List<String> snapshots(Path directory) {
		try (Stream<Path> files = Files.list(directory.resolve("products"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(".snapvec"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/** Writes nothing before it is told to. */
	private record SlowDisk(CountDownLatch ready) implements IndexObservation {

		@Override
		public @Nullable SearchInterceptor search(String index) {
			return null;
		}

		@Override
		public Snapshot snapshot(String index, Supplier<Snapshot> save) {
			try {
				assertThat(this.ready.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return save.get();
		}

	}

}
