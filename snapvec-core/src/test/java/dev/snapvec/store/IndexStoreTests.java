package dev.snapvec.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.NotFittedException;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.TestVectors;
import dev.snapvec.internal.file.FaultyDisk;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A directory of snapshots, what is left in it, and who may use it.
 */
@Timeout(120)
class IndexStoreTests {

	@TempDir
	Path temporary;

	private final SafeIndex index = new SafeIndex("test", SnapIndex.builder(4).build());

	private final List<Process> processes = new ArrayList<>();

	private Path directory() {
		return this.temporary.resolve("a/store");
	}

	@AfterEach
	void endProcesses() {
		this.processes.forEach(Process::destroyForcibly);
	}

	private Snapshot save(IndexStore store) {
		this.index.add("id-" + this.index.size(), TestVectors.random(this.index.size(), 1, 4)[0]);
		return store.save(this.index);
	}

	private static List<Long> numbers(IndexStore store) {
		return store.snapshots().stream().map(Snapshot::number).toList();
	}

	private static void damage(Path file) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 4;
		Files.write(file, bytes);
	}

	@Test
	void aNewStoreIsEmpty() {
		try (IndexStore store = IndexStore.open(directory(), 2)) {
			assertThat(store.directory()).isEqualTo(directory()).isDirectory();
			assertThat(store.snapshots()).isEmpty();
			assertThat(store.restore(LoadOptions.defaults())).isEmpty();
			assertThat(store.restoreNewestSound(LoadOptions.defaults())).isEmpty();
		}
	}

	@Test
	void atLeastOneSnapshotIsRetained() {
		assertThatIllegalArgumentException().isThrownBy(() -> IndexStore.open(directory(), 0))
			.withMessageContainingAll("retain must be at least 1", "was 0");
	}

	@Test
	void snapshotsAreNumberedAndTheNewestRetained() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			for (int number = 1; number <= 5; number++) {
				Snapshot snapshot = save(store);
				assertThat(snapshot.number()).isEqualTo(number);
				assertThat(snapshot.bytes()).isEqualTo(Files.size(snapshot.path()));
			}
			assertThat(numbers(store)).containsExactly(5L, 4L, 3L);
			assertThat(this.index.isDirty()).isFalse();
		}
		try (IndexStore store = IndexStore.open(directory(), 1)) {
			assertThat(numbers(store)).containsExactly(5L, 4L, 3L);
			assertThat(save(store).number()).isEqualTo(6);
			assertThat(numbers(store)).containsExactly(6L);
		}
	}

	@Test
	void theNewestSnapshotIsRestored() {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			save(store);
			save(store);
			Restored restored = store.restore(LoadOptions.defaults()).orElseThrow();
			assertThat(restored.index().size()).isEqualTo(2);
			assertThat(restored.snapshot().number()).isEqualTo(2);
			assertThat(restored.skipped()).isEmpty();
		}
	}

	@Test
	void aDamagedSnapshotIsNotRestoredOver() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			save(store);
			Path newest = save(store).path();
			damage(newest);
			byte[] damaged = Files.readAllBytes(newest);
			assertThatExceptionOfType(CorruptIndexException.class)
				.isThrownBy(() -> store.restore(LoadOptions.defaults()))
				.withMessageContaining(newest.toString());
			assertThat(numbers(store)).containsExactly(2L, 1L);
			Restored restored = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow();
			assertThat(restored.index().size()).isEqualTo(1);
			assertThat(restored.snapshot().number()).isEqualTo(1);
			assertThat(restored.skipped()).hasSize(1).first().isInstanceOf(CorruptIndexException.class);
			assertThat(newest).doesNotExist();
			assertThat(newest.resolveSibling(newest.getFileName() + ".corrupt")).hasBinaryContent(damaged);
			assertThat(numbers(store)).containsExactly(1L);
		}
	}

	@Test
	void whereNoSnapshotIsSoundNothingIsRestored() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			damage(save(store).path());
			damage(save(store).path());
			assertThatExceptionOfType(CorruptIndexException.class)
				.isThrownBy(() -> store.restoreNewestSound(LoadOptions.defaults()))
				.withMessageContaining("snapshot-0000000002")
				.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
			assertThat(numbers(store)).containsExactly(2L, 1L);
			Path aside = store.setAside();
			assertThat(aside.toFile().list()).hasSize(2);
			assertThat(store.snapshots()).isEmpty();
			assertThat(store.restoreNewestSound(LoadOptions.defaults())).isEmpty();
			assertThat(save(store).number()).isPositive();
		}
	}

	@Test
	void aSnapshotAfterADamagedOneHasANumberOfItsOwn() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			save(store);
			for (int round = 0; round < 3; round++) {
				damage(save(store).path());
				assertThat(store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().snapshot().number())
					.isEqualTo(1);
			}
			assertThat(save(store).number()).isEqualTo(5);
			assertThat(directory().toFile().list()).filteredOn((name) -> name.endsWith(".corrupt")).hasSize(3);
		}
	}

	@Test
	void whatACrashLeftIsSweptAndNothingElse() throws IOException {
		Files.createDirectories(directory());
		String id = UUID.randomUUID().toString();
		List<String> left = List.of(".snapshot-0000000001.snapvec." + id + ".tmp",
				".snapshot-۰۰۰۰۰۰۰۰۰۱.snapvec." + id + ".tmp", ".snapshot-0000000012.snapvec." + id + ".snapvec-tmp",
				".mutations-0000000012.snaplog." + id + ".snapvec-tmp",
				".mutations-0000000012.snaplog.corrupt." + id + ".snapvec-tmp",
				".mutations-0000000012.snaplog.corrupt-11." + id + ".snapvec-tmp");
		List<String> others = List.of("notes.txt", "x.tmp", ".x.tmp", "x.snapvec-tmp", "." + id + ".tmp",
				".export.snapvec." + id + ".tmp", ".export.snapvec." + id + ".snapvec-tmp",
				".snapshot-0000000001.snapvec.mine." + id + ".snapvec-tmp", ".snapshot-0000000001.snapvec.1.tmp",
				".snapshot-0000000001.snapvec." + id + ".tmp.bak");
		for (String name : left) {
			Files.writeString(directory().resolve(name), "half");
		}
		for (String name : others) {
			Files.writeString(directory().resolve(name), "mine");
		}
		Path full = Files.createDirectory(directory().resolve(".snapshot-0000000002.snapvec." + id + ".tmp"));
		Files.writeString(full.resolve("x.tmp"), "mine");
		Path link = Files.createSymbolicLink(directory().resolve(".snapshot-0000000003.snapvec." + id + ".tmp"),
				directory().resolve("notes.txt"));
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			assertThat(directory().toFile().list()).doesNotContainAnyElementsOf(left).containsAll(others);
			assertThat(full).isNotEmptyDirectory();
			assertThat(link).isSymbolicLink().hasContent("mine");
			assertThat(store.snapshots()).isEmpty();
		}
	}

	@Test
	void temporaryFilesHaveTheNamesThatAreSwept() throws IOException {
		Files.createDirectories(directory());
		try (FaultyDisk disk = FaultyDisk.failing(3, true); IndexStore store = IndexStore.open(directory(), 3)) {
			assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> save(store));
			assertThat(disk.failed()).contains("write snapshot");
			assertThat(directory().toFile().list()).as("a temporary file and the lock").hasSize(2);
		}
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			assertThat(store.directory().toFile().list()).containsExactly(".lock");
		}
	}

	@Test
	void aStoreIsUsableAfterASaveThatFailed() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			Path first = save(store).path();
			byte[] before = Files.readAllBytes(first);
			this.index.add("more", TestVectors.random(9, 1, 4)[0]);
			SafeIndex unsavable = new SafeIndex("unfitted", PqSnapIndex.builder(4).subspaces(2).centroids(2).build());
			assertThatExceptionOfType(NotFittedException.class).isThrownBy(() -> store.save(unsavable));
			assertThat(first).hasBinaryContent(before);
			assertThat(directory().toFile().list()).noneMatch((name) -> name.endsWith("tmp"));
			assertThat(this.index.isDirty()).isTrue();
			store.save(this.index);
			assertThat(this.index.isDirty()).isFalse();
			assertThat(store.restore(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(2);
		}
	}

	@Test
	void aDirectoryHasOneWriterInAProcess() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			Path another = this.temporary.resolve("a/../a/store");
			assertThatExceptionOfType(StoreLockedException.class).isThrownBy(() -> IndexStore.open(another, 3))
				.withMessageContainingAll("store", Long.toString(ProcessHandle.current().pid()))
				.satisfies((ex) -> assertThat(ex.directory()).isEqualTo(directory()));
			save(store);
		}
		IndexStore.open(directory(), 3).close();
	}

	@Test
	void closingTwiceDoesNotTakeTheDirectoryFromTheNextWriter() {
		IndexStore store = IndexStore.open(directory(), 3);
		store.close();
		try (IndexStore next = IndexStore.open(directory(), 3)) {
			store.close();
			assertThatExceptionOfType(StoreLockedException.class).isThrownBy(() -> IndexStore.open(directory(), 3));
			save(next);
		}
	}

	@Test
	void aClosedStoreIsNotWrittenTo() {
		IndexStore store = IndexStore.open(directory(), 3);
		save(store);
		this.index.add("more", TestVectors.random(9, 1, 4)[0]);
		store.close();
		List<String> files = List.of(directory().toFile().list());
		LoadOptions options = LoadOptions.defaults();
		for (ThrowingCallable use : List.<ThrowingCallable>of(() -> store.save(this.index), store::setAside,
				() -> store.log(this.index, LogSync.always()), () -> store.restore(options),
				() -> store.restoreNewestSound(options))) {
			assertThatIllegalStateException().isThrownBy(use).withMessageContainingAll("store", "is closed");
		}
		assertThat(this.index.isDirty()).isTrue();
		assertThat(directory().toFile().list()).containsExactlyInAnyOrderElementsOf(files);
	}

	@Test
	void nothingIsWrittenOnceAStoreIsClosedThatWasBeingSavedTo() throws Exception {
		for (int round = 0; round < 20; round++) {
			IndexStore store = IndexStore.open(directory(), 3);
			CompletableFuture<Void> saving = CompletableFuture.runAsync(() -> {
				while (true) {
					store.save(this.index);
				}
			});
			long wait = System.nanoTime() + round * 200_000L;
			while (System.nanoTime() < wait) {
				Thread.onSpinWait();
			}
			store.close();
			List<String> files = List.of(directory().toFile().list());
			assertThatThrownBy(() -> saving.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
			assertThat(directory().toFile().list()).containsExactlyInAnyOrderElementsOf(files);
		}
	}

	private Process start(String mode) throws IOException {
		Process process = ChildJvm
			.with("-Xmx64m", "-XX:TieredStopAtLevel=1", StoreProcess.class.getName(), directory().toString(), mode)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.processes.add(process);
		return process;
	}

	private static BufferedReader output(Process process) {
		return process.inputReader(StandardCharsets.UTF_8);
	}

	@Test
	void aDirectoryHasOneWriterAmongProcesses() throws Exception {
		Process process = start("wait");
		assertThat(output(process).readLine()).isEqualTo("open");
		assertThatExceptionOfType(StoreLockedException.class).isThrownBy(() -> IndexStore.open(directory(), 3))
			.withMessageContainingAll(directory().toString(), "process " + process.pid());
		process.getOutputStream().close();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
		IndexStore.open(directory(), 3).close();
		Process killed = start("wait");
		assertThat(output(killed).readLine()).isEqualTo("open");
		killed.destroyForcibly().waitFor();
		IndexStore.open(directory(), 3).close();
	}

	@Test
	void aProcessKilledWhileItSavesLosesNothingItSaved() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < 5; round++) {
			Process process = start("save");
			BufferedReader output = output(process);
			assertThat(output.readLine()).as("seed %d", seed).isEqualTo("open");
			int snapshots = 1 + random.nextInt(40);
			long acknowledged = 0;
			for (int i = 0; i < snapshots; i++) {
				acknowledged = Long.parseLong(output.readLine());
			}
			long wait = System.nanoTime() + random.nextInt(3_000_000);
			while (System.nanoTime() < wait) {
				Thread.onSpinWait();
			}
			process.destroyForcibly().waitFor();
			try (IndexStore store = IndexStore.open(directory(), 3)) {
				Restored restored = store.restore(LoadOptions.defaults()).orElseThrow();
				assertThat(restored.snapshot().number()).as("seed %d", seed).isGreaterThanOrEqualTo(acknowledged);
				assertThat(restored.index().size()).as("seed %d", seed)
					.isEqualTo((int) restored.snapshot().number() * 10);
				assertThat(directory().toFile().list()).as("seed %d", seed).noneMatch((name) -> name.endsWith("tmp"));
			}
		}
	}

	@Test
	void aStoreIsUsableAfterItsDirectoryWasGone() throws IOException {
		try (IndexStore store = IndexStore.open(directory(), 3)) {
			Files.delete(directory().resolve(".lock"));
			Files.delete(directory());
			assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> save(store))
				.withMessageContaining(directory().toString());
			Files.createDirectory(directory());
			assertThat(save(store).number()).isEqualTo(1);
		}
	}

}
