package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A directory is verified as it would be restored, and stays as it is.
 */
@Timeout(120)
class StoreVerificationTests extends StoreInTemporaryDirectory {

	/** Three snapshots, a log after each, and one that another index began. */
	private void fill() {
		SafeIndex index = newIndex();
		for (int start = 0; start < 2; start++) {
			try (IndexStore store = IndexStore.open(this.directory, 4)) {
				store.restore(LoadOptions.defaults()).ifPresent((found) -> index.local().restore(found.index()));
				store.log(index, LogSync.always());
				for (int i = 0; i < 9; i++) {
					index.upsert("row-" + start + i, vector(i));
					if (i == 3) {
						store.save(index);
					}
					if (i == 6 && start == 0) {
						SnapIndex next = SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build();
						next.add("replaced", vector(3));
						index.replace(next);
					}
				}
			}
		}
	}

	private Map<String, String> contentsOf(Path directory) throws IOException {
		Map<String, String> contents = new TreeMap<>();
		try (Stream<Path> list = Files.walk(directory)) {
			for (Path file : list.filter(Files::isRegularFile).toList()) {
				contents.put(file.toString(),
						Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file));
			}
		}
		return contents;
	}

	@Test
	void aSoundDirectoryIsReportedAsItIs() throws IOException {
		fill();
		Map<String, String> before = contentsOf(this.directory);
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(contentsOf(this.directory)).isEqualTo(before);
		assertThat(report.isSound()).isTrue();
		assertThat(report.directory()).isEqualTo(this.directory);
		assertThat(report.snapshots()).hasSize(4)
			.isSortedAccordingTo((a, b) -> Long.compare(b.snapshot().number(), a.snapshot().number()));
		assertThat(report.snapshots()).allSatisfy((snapshot) -> {
			assertThat(snapshot.failure()).isNull();
			assertThat(snapshot.checksummed()).isTrue();
			assertThat(snapshot.snapshot().path()).exists();
		});
		assertThat(report.snapshots().get(0).rows()).isEqualTo(7);
		assertThat(report.logs()).isNotEmpty().allSatisfy((log) -> {
			assertThat(log.failure()).isNull();
			assertThat(log.tornBytes()).isZero();
			assertThat(log.bytes()).isEqualTo(Files.size(log.path()));
			assertThat(log.mutations()).isEqualTo(log.records());
		});
		assertThat(report.restore()).isEqualTo(report.restoreNewestSound());
		assertThat(report.restore().rows()).isEqualTo(12);
		assertThat(report.restore().replayed()).isEqualTo(5);
	}

	@Test
	void anEmptyDirectoryGivesNothingAndAMissingOneIsAnError() throws IOException {
		assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> IndexStore.verify(this.directory))
			.withMessageContaining(this.directory.toString())
			.withMessageContaining("no such file or directory");
		assertThat(this.directory).doesNotExist();
		Files.createDirectory(this.directory);
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(report.isSound()).isTrue();
		assertThat(report.restore().snapshot()).isNull();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aTornTailIsNoDamage() throws IOException {
		fill();
		StoreReport.CheckedLog before = IndexStore.verify(this.directory).logs().get(0);
		byte[] bytes = Files.readAllBytes(before.path());
		Files.write(before.path(), Arrays.copyOf(bytes, bytes.length - 3));
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(report.isSound()).isTrue();
		StoreReport.CheckedLog log = report.logs().get(0);
		assertThat(log.mutations()).isEqualTo(before.mutations() - 1);
		assertThat(log.tornBytes()).isPositive();
	}

	@Test
	void anOlderSnapshotThatIsDamagedIsReportedAlthoughItIsNotNeeded() throws IOException {
		fill();
		Path oldest = IndexStore.verify(this.directory).snapshots().get(3).snapshot().path();
		byte[] bytes = Files.readAllBytes(oldest);
		bytes[bytes.length / 2] ^= 1;
		Files.write(oldest, bytes);
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(report.isSound()).isFalse();
		assertThat(report.restore().failure()).isNull();
		assertThat(report.snapshots().get(3).failure()).hasMessageContaining(oldest.toString());
		assertThat(report.snapshots().subList(0, 3)).allMatch((snapshot) -> snapshot.failure() == null);
	}

	@Test
	void aDirectoryThatIsWrittenToIsNeverReportedAsDamaged() throws Exception {
		SafeIndex index = newIndex();
		AtomicBoolean done = new AtomicBoolean();
		try (IndexStore store = IndexStore.open(this.directory, 1)) {
			store.log(index, LogSync.never());
			index.add("row-0", vector(0));
			CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
				for (int i = 1; !done.get(); i++) {
					index.upsert("row-" + i % 50, vector(i));
					if (i % 20 == 0) {
						store.save(index);
					}
				}
			});
			for (int i = 0; i < 40; i++) {
				StoreReport report = IndexStore.verify(this.directory);
				assertThat(report.isSound()).as("%s", report).isTrue();
				assertThat(report.restore().rows()).isPositive();
			}
			done.set(true);
			writing.get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void damagedDirectoriesAreReportedAsTheyAreRestored(TestReporter reporter) throws IOException {
		damage(150, reporter);
	}

	@Test
	@Tag("slow")
	@Timeout(1200)
	void manyDamagedDirectoriesAreReportedAsTheyAreRestored(TestReporter reporter) throws IOException {
		damage(20_000, reporter);
	}

	private void damage(int rounds, TestReporter reporter) throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		fill();
		int restored = 0;
		for (int round = 0; round < rounds; round++) {
			Path damaged = copy();
			StoreFixture.copy(this.directory, damaged);
			List<String> done = new ArrayList<>();
			for (int i = random.nextInt(3); i >= 0; i--) {
				done.add(damage(damaged, random));
			}
			Map<String, String> before = contentsOf(damaged);
			StoreReport report = IndexStore.verify(damaged);
			String when = "seed " + seed + ", round " + round + ", " + done;
			assertThat(contentsOf(damaged)).as(when).isEqualTo(before);
			restored += requireSame(report.restore(), damaged, when, (store) -> store.restore(LoadOptions.defaults()))
					? 1 : 0;
			requireSame(report.restoreNewestSound(), damaged, when,
					(store) -> store.restoreNewestSound(LoadOptions.defaults()));
			assertThat(report.isSound() && report.restore().failure() != null).as(when).isFalse();
			deleteAll(damaged);
		}
		reporter.publishEntry("damaged directories", rounds + ", of which " + restored + " restored, seed " + seed);
	}

	private static void deleteAll(Path directory) throws IOException {
		try (Stream<Path> list = Files.walk(directory)) {
			for (Path file : list.sorted((a, b) -> b.compareTo(a)).toList()) {
				Files.delete(file);
			}
		}
	}

	private static boolean requireSame(StoreReport.Outcome outcome, Path directory, String when,
			Function<IndexStore, Optional<Restored>> restore) {
		try (IndexStore store = IndexStore.open(directory, 4)) {
			Restored restored = restore.apply(store).orElse(null);
			assertThat(outcome.failure()).as(when).isNull();
			assertThat(outcome.snapshot()).as(when).isEqualTo((restored != null) ? restored.snapshot() : null);
			assertThat(outcome.rows()).as(when).isEqualTo((restored != null) ? restored.index().size() : 0);
			assertThat(outcome.replayed()).as(when).isEqualTo((restored != null) ? restored.replayed() : 0);
			return true;
		}
		catch (SnapvecException ex) {
			assertThat(outcome.failure()).as(when).isNotNull().hasSameClassAs(ex).hasMessage(ex.getMessage());
			return false;
		}
	}

	private String damage(Path directory, Random random) throws IOException {
		List<Path> all;
		try (Stream<Path> list = Files.list(directory)) {
			all = list.filter((file) -> !file.endsWith(".lock")).sorted().toList();
		}
		if (all.isEmpty()) {
			return "nothing";
		}
		Path file = all.get(random.nextInt(all.size()));
		byte[] bytes = Files.readAllBytes(file);
		int kind = random.nextInt(6);
		switch (kind) {
			case 0 -> Files.delete(file);
			case 1 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
			case 2 -> Files.write(file, Arrays.copyOf(bytes, bytes.length + random.nextInt(100)));
			case 3 -> Files.move(file, file.resolveSibling(
					file.getFileName().toString().replaceFirst("000000000\\d", "000000001" + random.nextInt(10))),
					StandardCopyOption.REPLACE_EXISTING);
			case 4 -> {
				Path other = all.get(random.nextInt(all.size()));
				Files.write(other, bytes);
			}
			default -> {
				if (bytes.length > 0) {
					bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
					Files.write(file, bytes);
				}
			}
		}
		return kind + " " + file.getFileName();
	}

}
