package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.snapvec.StoreLockedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Waiting for a directory that another writer has.
 */
@Timeout(60)
class DirectoryLockTests {

	@TempDir
	Path directory;

	@Test
	void theOwnerIsNamedByProcessHostAndStart() {
		try (IndexStore owner = IndexStore.open(this.directory, 1)) {
			assertThatThrownBy(() -> IndexStore.open(owner.directory(), 1)).isInstanceOf(StoreLockedException.class)
				.hasMessageContaining(this.directory.toString())
				.hasMessageContaining("process " + ProcessHandle.current().pid())
				.hasMessageContaining("on host ")
				.hasMessageContaining("started 20");
		}
	}

	@Test
	void theOwnerInAnotherProcessIsNamedTooAndWaitedFor() throws Exception {
		Process other = ChildJvm.with(CrashingWriter.class.getName(), this.directory.toString(), "1", "always").start();
		try {
			assertThat(other.getInputStream().read()).isPositive();
			assertThatThrownBy(() -> IndexStore.open(this.directory, 1)).isInstanceOf(StoreLockedException.class)
				.hasMessageContaining("process " + other.pid());
			CompletableFuture<IndexStore> waiting = CompletableFuture
				.supplyAsync(() -> IndexStore.open(this.directory, 1, Duration.ofSeconds(30)));
			assertThat(waiting).isNotDone();
			other.destroyForcibly();
			waiting.get(30, TimeUnit.SECONDS).close();
		}
		finally {
			other.destroyForcibly().waitFor();
		}
	}

	@Test
	void aWriterWaitsForTheOneBeforeInTheSameProcess() throws Exception {
		CompletableFuture<IndexStore> waiting;
		try (IndexStore owner = IndexStore.open(this.directory, 1)) {
			waiting = CompletableFuture
				.supplyAsync(() -> IndexStore.open(owner.directory(), 1, Duration.ofSeconds(30)));
			assertThat(waiting).isNotDone();
		}
		waiting.get(30, TimeUnit.SECONDS).close();
	}

	@Test
	void patienceEnds() {
		try (IndexStore owner = IndexStore.open(this.directory, 1)) {
			long start = System.nanoTime();
			assertThatThrownBy(() -> IndexStore.open(owner.directory(), 1, Duration.ofMillis(80)))
				.isInstanceOf(StoreLockedException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(80),
					Duration.ofSeconds(20));
		}
	}

	@Test
	void anInterruptedThreadWaitsNoLonger() {
		try (IndexStore owner = IndexStore.open(this.directory, 1)) {
			Thread.currentThread().interrupt();
			assertThatThrownBy(() -> IndexStore.open(owner.directory(), 1, Duration.ofMinutes(10)))
				.isInstanceOf(StoreLockedException.class);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void patienceMayBeOfAnyLengthButNotNegative() {
		for (Duration patience : List.of(Duration.ofDays(300_000), ChronoUnit.FOREVER.getDuration())) {
			IndexStore.open(this.directory, 1, patience).close();
		}
		assertThatIllegalArgumentException().isThrownBy(() -> IndexStore.open(this.directory, 1, Duration.ofNanos(-1)))
			.withMessage("patience must be zero or more, but was PT-0.000000001S");
		assertThat(this.directory.resolve(".lock")).exists();
	}

	@Test
	void anEndlesslyPatientWriterWaits() throws Exception {
		CompletableFuture<IndexStore> waiting;
		try (IndexStore owner = IndexStore.open(this.directory, 1)) {
			waiting = CompletableFuture
				.supplyAsync(() -> IndexStore.open(owner.directory(), 1, ChronoUnit.FOREVER.getDuration()));
			TimeUnit.MILLISECONDS.sleep(50);
			assertThat(waiting).isNotDone();
		}
		waiting.get(30, TimeUnit.SECONDS).close();
	}

	@Test
	void theHostIsNamedWithoutTheNetwork() throws Exception {
		Path hosts = Files.createFile(this.directory.resolve("hosts"));
		Process other = ChildJvm
			.with("-Djdk.net.hosts.file=" + hosts, StoreProcess.class.getName(), this.directory.toString(), "wait")
			.start();
		try {
			assertThat(other.inputReader().readLine()).isEqualTo("open");
			assertThat(this.directory.resolve(".lock")).content()
				.containsPattern("^process " + other.pid() + " on host \\S+, started ")
				.doesNotContain("on host unknown");
		}
		finally {
			other.destroyForcibly().waitFor();
		}
	}

	@Test
	void anAcquisitionHasATokenOfItsOwn() throws IOException {
		Set<String> contents = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			IndexStore.open(this.directory, 1).close();
			contents.add(Files.readString(this.directory.resolve(".lock")));
		}
		assertThat(contents).hasSize(10);
	}

}
