package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.snapvec.IndexIoException;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Memory that runs out in the middle of recording or saving: the call fails, and what
 * others were told stays true.
 */
@Timeout(60)
class OutOfMemoryTests extends StoreInTemporaryDirectory {

	private final SafeIndex index = newIndex();

	private static void runOut() {
		throw new OutOfMemoryError("pretended");
	}

	@Test
	void aReplacementThatFailedDoesNotComeBackInPlaceOfWhatIsRecordedLater() throws IOException {
		Path snapshot = new StoreFiles(this.directory).snapshot(2);
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.always());
			this.index.add("a", vector(1));
			disk.before("force directory", () -> {
				if (Files.exists(snapshot)) {
					runOut();
				}
			});
			disk.before("delete " + snapshot.getFileName(), OutOfMemoryTests::runOut);
			VectorIndex next = SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build();
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.index.replace(next));
			disk.heal();
			assertThatExceptionOfType(IndexIoException.class).isThrownBy(() -> this.index.add("b", vector(2)))
				.withMessageContaining("cannot record mutations before the next snapshot is saved");
			store.save(this.index);
			this.index.add("b", vector(2));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b");
		}
	}

	/** Has three mutations wait for the disk together. */
	private int addThree(FaultyDisk disk, Runnable atFirst, Runnable then) throws Exception {
		Path log = new StoreFiles(this.directory).log(1);
		int record = MutationRecords.put(List.of("a"), new float[][] { vector(1) }).next().capacity();
		long end = Files.size(log) + 3 * record;
		AtomicInteger forces = new AtomicInteger();
		disk.before("force log", () -> {
			if (forces.incrementAndGet() > 1) {
				then.run();
				return;
			}
			while (log.toFile().length() < end) {
				Thread.onSpinWait();
			}
			atFirst.run();
		});
		List<CompletableFuture<Void>> adding = new ArrayList<>();
		for (String id : List.of("b", "c", "d")) {
			adding.add(CompletableFuture.runAsync(() -> this.index.add(id, vector(id.charAt(0))),
					(task) -> new Thread(task).start()));
		}
		int returned = 0;
		for (CompletableFuture<Void> each : adding) {
			try {
				each.get(30, TimeUnit.SECONDS);
				returned++;
			}
			catch (ExecutionException ex) {
				assertThat(ex.getCause()).isInstanceOfAny(IndexIoException.class, OutOfMemoryError.class);
			}
		}
		disk.heal();
		return returned;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noMutationReturnsWhoseRecordIsCutOff(boolean atForcing) throws Exception {
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.always());
			this.index.add("a", vector(1));
			if (!atForcing) {
				disk.before("truncate log", OutOfMemoryTests::runOut);
			}
			addThree(disk, atForcing ? OutOfMemoryTests::runOut : () -> disk.fail("force log"),
					() -> disk.fail("force log"));
			this.index.add("e", vector(5));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsKeys("a", "e");
		}
	}

	@Test
	void aLogIsForcedAtItsIntervalAgain() throws Exception {
		AtomicInteger forces = new AtomicInteger();
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 3)) {
			store.log(this.index, LogSync.every(Duration.ofMillis(1)));
			this.index.add("a", vector(1));
			disk.before("force log", () -> {
				if (forces.incrementAndGet() == 1) {
					runOut();
				}
			});
			this.index.add("b", vector(2));
			for (int i = 0; forces.get() < 2 && i < 2000; i++) {
				Thread.sleep(1);
			}
			assertThat(forces).hasValueGreaterThanOrEqualTo(2);
			assertThat(store.logStats().orElseThrow().failures()).isOne();
			this.index.add("c", vector(3));
			assertThat(ifKilled()).isEqualTo(contents(this.index)).containsOnlyKeys("a", "b", "c");
		}
	}

}
