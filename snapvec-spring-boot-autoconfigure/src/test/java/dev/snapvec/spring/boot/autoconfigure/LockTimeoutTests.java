package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.spring.boot.diagnostics.StoreLockedFailureAnalyzer;
import dev.snapvec.store.IndexStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that starts while another process has its directory.
 */
@Timeout(60)
class LockTimeoutTests {

	@TempDir
	private Path directory;

	private Process owner;

	@BeforeEach
	void startOwner() throws IOException {
		this.owner = ChildJvm
			.with("-XX:TieredStopAtLevel=1", Owner.class.getName(), this.directory.resolve("products").toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		assertThat(this.owner.inputReader().readLine()).isEqualTo("open");
	}

	@AfterEach
	void endOwner() throws InterruptedException {
		assertThat(this.owner.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void withoutATimeoutTheStartFailsAndNamesTheOwner() {
		IndexRunner.in(this.directory).run((context) -> {
			assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StoreLockedException.class)
				.hasMessageContaining("process " + this.owner.pid())
				.hasMessageContaining("on host ")
				.hasMessageContaining("started ");
			FailureAnalysis analysis = new StoreLockedFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains("process " + this.owner.pid());
			assertThat(analysis.getAction())
				.contains("set snapvec.defaults.lock-timeout to the maximum time to wait for it");
		});
	}

	@Test
	void aTimeoutThatEndsFailsTheStart() {
		long start = System.nanoTime();
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.products.lock-timeout=200ms")
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(StoreLockedException.class));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
	}

	@Test
	void whoWaitsLongEnoughGetsTheDirectoryAsItWasLeft() throws Exception {
		CompletableFuture<Void> ending = CompletableFuture.runAsync(this::end,
				CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.defaults.lock-timeout=30s")
			.run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(2));
		ending.get(30, TimeUnit.SECONDS);
	}

	private void end() {
		try {
			this.owner.outputWriter().close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Saves two rows when its input ends, and then ends itself. */
	static final class Owner {

		private Owner() {
		}

		public static void main(String[] arguments) throws IOException {
			try (IndexStore store = IndexStore.open(Path.of(arguments[0]), 3)) {
				System.out.println("open");
				System.in.read();
				SafeIndex index = new SafeIndex("products", SnapIndex.builder(8).build());
				IndexRunner.add(index, 2);
				store.save(index);
			}
		}

	}

}
