package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.TestVectors;
import dev.snapvec.TrainableIndex;
import dev.snapvec.UnsupportedVersionException;
import dev.snapvec.UsableIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.NumberedStore;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.internal.number.ReplayListener;
import org.jspecify.annotations.Nullable;

/**
 * Restores stores whose logs are mutated, in a process with little memory of its own.
 * Arguments: a directory, a seed, the number of the first store, how many. Each store
 * follows from the seed and its number.
 */
final class MutatingStoreProcess {

	private static final int MOST_FAILURES = 20;

	private final Path directory;

	private final Path saved;

	/** The files of sound stores. */
	private final List<NavigableMap<String, byte[]>> stores = new ArrayList<>();

	private MutatingStoreProcess(Path directory) {
		this.directory = directory.resolve("store");
		this.saved = directory.resolve("saved");
	}

	public static void main(String[] arguments) throws IOException {
		MutatingStoreProcess process = new MutatingStoreProcess(Path.of(arguments[0]));
		process.write(SnapIndex.builder(3).build());
		process.write(IvfPqSnapIndex.builder(4).nlist(2).subspaces(2).centroids(3).keepFullPrecision(true).build());
		long seed = Long.parseLong(arguments[1]);
		long first = Long.parseLong(arguments[2]);
		long count = Long.parseLong(arguments[3]);
		long start = System.nanoTime();
		int restored = 0;
		int failures = 0;
		for (long number = first; number < first + count && failures < MOST_FAILURES; number++) {
			try {
				restored += process.restore(new Random(seed * 1_000_003 + number)) ? 1 : 0;
			}
			catch (RuntimeException | Error ex) {
				failures++;
				System.out.printf(Locale.ROOT, "store %d of seed %d: %s%n", number, seed, ex);
				ex.printStackTrace(System.out);
			}
		}
		System.out.printf(Locale.ROOT, "%d logs, %d restored, %d refused, %d failed, %d s, seed %d%n", count, restored,
				count - restored - failures, failures, (System.nanoTime() - start) / 1_000_000_000, seed);
		System.exit((failures == 0) ? 0 : 1);
	}

	/** A snapshot and two logs that follow it, one after the other. */
	private void write(VectorIndex empty) throws IOException {
		clear();
		if (empty instanceof TrainableIndex trainable) {
			trainable.fit(TestVectors.random(1, 50, empty.dimension()));
		}
		SafeIndex index = new SafeIndex("test", empty);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			index.addAll(TestVectors.ids("old", 5), TestVectors.random(2, 5, empty.dimension()));
			store.log(index, LogSync.never());
			Shelf shelf = Shelf.of(store);
			shelf.follow(index);
			for (int part = 0; part < 2; part++) {
				index.addAll(TestVectors.ids("new" + part, 3), TestVectors.random(3, 3, empty.dimension()));
				index.upsert("old-1", TestVectors.random(4 + part, 1, empty.dimension())[0]);
				index.deleteAll(List.of("old-" + (2 + part), "none"));
				index.attribute("model", "m" + part);
				shelf.put(index, List.of("text", "old-0", "new" + part + "-1"),
						TestVectors.random(6 + part, 3, empty.dimension()), List.of("t", "", "of new"));
				shelf.change(index, List.of("old-4", "text", "new" + part + "-2"), List.of("a", "b", "c"));
				shelf.delete(index, List.of("old-0", "none"));
				index.upsert("é", TestVectors.random(5, 1, empty.dimension())[0]);
				if (part == 0) {
					Files.delete(store.save(index).path());
				}
			}
		}
		NavigableMap<String, byte[]> files = new TreeMap<>();
		try (Stream<Path> paths = Files.list(this.directory)) {
			for (Path path : paths.filter((path) -> !path.getFileName().toString().startsWith(".")).toList()) {
				if (!path.getFileName().toString().startsWith("documents-")) {
					files.put(path.getFileName().toString(), Files.readAllBytes(path));
				}
			}
		}
		if (files.size() != 3) {
			throw new AssertionError(files.keySet().toString());
		}
		this.stores.add(files);
	}

	private void clear() throws IOException {
		Files.createDirectories(this.directory);
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
	}

	private boolean restore(Random random) throws IOException {
		clear();
		Map<String, byte[]> files = this.stores.get(random.nextInt(this.stores.size()));
		Map<String, byte[]> others = this.stores.get(random.nextInt(this.stores.size()));
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			byte[] bytes = file.getValue();
			if (file.getKey().contains("log") && random.nextInt(3) > 0) {
				bytes = new MutatedLog(random, bytes).next(others.get(file.getKey()));
			}
			Files.write(this.directory.resolve(file.getKey()), bytes);
		}
		boolean whole = restoreAll();
		int size;
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			Replayed replayed = new Replayed();
			NumberedStore.replayListener(store, replayed);
			Restored restored = store.restoreNewestSound(LoadOptions.defaults()).orElseThrow();
			size = restored.index().size();
			replayed.check(restored.index());
			if (whole != restored.skipped().isEmpty()) {
				throw new AssertionError(whole + " but " + restored.skipped());
			}
			UsableIndex.check(restored.index(), random, this.saved);
		}
		catch (UnsupportedVersionException ex) {
			// a damaged header may look like a newer one
			return false;
		}
		// what is left is sound, and the same
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			int again = store.restore(LoadOptions.defaults()).orElseThrow().index().size();
			if (again != size) {
				throw new AssertionError(again + " rows were " + size);
			}
		}
		return whole;
	}

	/** The numbers that were replayed on a snapshot without numbers. */
	private static final class Replayed implements ReplayListener {

		private final Map<Long, String> ids = new TreeMap<>();

		@Override
		public void begin(VectorIndex index, long snapshot) {
			this.ids.clear();
		}

		@Override
		public void put(String id, long number, byte[] payload, float @Nullable [] vector, long previous) {
			if (this.ids.put(number, id) != null) {
				throw new AssertionError(number + " is given twice");
			}
		}

		@Override
		public void gone(long number) {
			if (this.ids.remove(number) == null) {
				throw new AssertionError(number + " is gone, but was not there");
			}
		}

		private void check(VectorIndex index) {
			Map<Long, String> there = new TreeMap<>();
			Numbers.of(index).forEach((id, number) -> there.put(number, id));
			if (!there.equals(this.ids)) {
				throw new AssertionError("rows have " + there + ", but replayed were " + this.ids);
			}
		}

	}

	private boolean restoreAll() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.restore(LoadOptions.defaults());
			return true;
		}
		catch (SnapvecException ex) {
			if (ex.getMessage() == null || !ex.getMessage().contains(this.directory.toString())) {
				throw new AssertionError("the refusal does not name a file", ex);
			}
			return false;
		}
	}

}
