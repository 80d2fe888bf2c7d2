package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of a store's life fails in turn: once, or with all that follow until
 * somebody makes room. After each failure memory and disk are as before it, and the next
 * attempt succeeds.
 */
@Timeout(120)
class DiskFaultTests {

	@TempDir
	Path temporary;

	private Path directory;

	private int copies;

	private interface Step {

		void run(IndexStore store, SafeIndex index);

	}

	private static final List<Step> LIFE = List.of((store, index) -> store.log(index, LogSync.always()),
			(store, index) -> index.add("a", vector(1)),
			(store, index) -> index.addAll(List.of("b", "c"), new float[][] { vector(2), vector(3) }),
			(store, index) -> store.save(index), (store, index) -> index.upsert("a", vector(4)),
			(store, index) -> index.delete("b"), (store, index) -> index.attribute("model", "some"),
			(store, index) -> store.save(index), (store, index) -> index.add("d", vector(5)),
			(store, index) -> index.replace(replacement()), (store, index) -> index.add("e", vector(6)),
			(store, index) -> store.save(index), (store, index) -> index.deleteAll(List.of("e", "x")),
			(store, index) -> store.save(index));

	private static SnapIndex replacement() {
		SnapIndex index = SnapIndex.builder(StoreFixture.DIMENSION).bits(2).build();
		index.add("x", vector(7));
		return index;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noFailureLosesOrInventsAnything(boolean stays, TestReporter reporter) throws IOException {
		Map<String, Integer> faults = new TreeMap<>();
		long operation = 1;
		for (Optional<String> failed = live(operation, stays); failed.isPresent(); failed = live(++operation, stays)) {
			faults.merge(failed.get().replaceAll("[-\\d]{2,}.*", ""), 1, Integer::sum);
		}
		reporter.publishEntry("faults injected", (operation - 1) + " " + faults);
		assertThat(faults.keySet()).hasSizeGreaterThan(8);
	}

	/** Lives with one fault; tells what failed, if so many operations were needed. */
	private Optional<String> live(long operation, boolean stays) throws IOException {
		this.directory = Files.createDirectory(this.temporary.resolve("store-" + operation + stays));
		SafeIndex index = newIndex();
		try (FaultyDisk disk = FaultyDisk.failing(operation, stays);
				IndexStore store = IndexStore.open(this.directory, 2)) {
			for (int step = 0; step < LIFE.size(); step++) {
				Map<String, List<String>> before = contents(index);
				try {
					LIFE.get(step).run(store, index);
				}
				catch (IndexIoException ex) {
					assertThat(ex).hasMessageContaining("pretended").hasMessageContaining(this.directory.toString());
					assertThat(contents(index)).as("in memory after %s", disk.failed()).isEqualTo(before);
					Map<String, List<String>> killed = ifKilled(disk);
					disk.heal();
					LIFE.get(step).run(store, index);
					if (!killed.equals(before)) {
						// only a disk that refuses to cut off what failed can keep it
						assertThat(stays).as("%s undone after %s", step, disk.failed()).isTrue();
						assertThat(killed).isEqualTo(contents(index));
					}
					assertThat(ifKilled(disk)).as("on disk after %s was retried", disk.failed())
						.isEqualTo(contents(index));
				}
			}
			assertThat(ifKilled(disk)).as("on disk at the end, after %s", disk.failed()).isEqualTo(contents(index));
			return disk.failed();
		}
	}

	private Map<String, List<String>> ifKilled(FaultyDisk disk) throws IOException {
		disk.pause(true);
		try {
			return contentsIfKilled(this.directory, this.temporary.resolve("copy-" + this.copies++));
		}
		finally {
			disk.pause(false);
		}
	}

}
