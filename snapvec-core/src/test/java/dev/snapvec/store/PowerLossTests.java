package dev.snapvec.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.PowerDisk;
import dev.snapvec.internal.lock.OtherProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The power fails at any operation of random lives of a store: mutations, saves beside
 * them, replacements, restarts, kills, earlier losses of power, and a disk that fails.
 * What is restored is what the mutations that returned had made of the index, or a
 * beginning of that, as was promised.
 */
class PowerLossTests {

	private static final int IDS = 10;

	private static final int SEEDS = 60;

	/** The seed of each vector that can be in an index, by what the index makes of it. */
	private static final Map<String, String> SEED_OF = seeds();

	@TempDir
	Path temporary;

	private final ExecutorService saver = Executors.newSingleThreadExecutor();

	private final long seed = Long.getLong("snapvec.seed", System.nanoTime());

	private Random random = new Random(this.seed);

	private PowerDisk disk;

	private long checked;

	private int directories;

	private @Nullable Throwable wrong;

	private double samples;

	private LogSync sync = LogSync.always();

	private @Nullable Shelf shelf;

	/** What the index held after each mutation that returned, since it was restored. */
	private final List<Map<String, String>> states = new ArrayList<>();

	/** What it holds if mutations that failed, or are under way, are there after all. */
	private final List<Map<String, String>> perhaps = new ArrayList<>();

	/** How many of the states no loss of power may take back. */
	private int saved;

	@AfterEach
	void end() {
		this.saver.shutdownNow();
	}

	private static Map<String, String> seeds() {
		SnapIndex index = SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build();
		Map<String, String> seeds = new HashMap<>();
		for (int seed = 0; seed < SEEDS; seed++) {
			index.add("v", StoreFixture.vector(seed));
			seeds.put(Arrays.toString(index.vector("v").orElseThrow()), Integer.toString(seed));
			index.delete("v");
		}
		return seeds;
	}

	@Test
	@Timeout(120)
	void aBeginningOfWhatReturnedIsRestoredAfterAnyLossOfPower(TestReporter reporter) throws Exception {
		live(400, reporter);
	}

	@Test
	@Tag("slow")
	@Timeout(7200)
	void aBeginningOfWhatReturnedIsRestoredAfterManyLossesOfPower(TestReporter reporter) throws Exception {
		live(Long.getLong("snapvec.states", 20_000), reporter);
	}

	private void live(long states, TestReporter reporter) throws Exception {
		System.out.println("seed " + this.seed);
		Map<String, Long> checkedBySync = new TreeMap<>();
		for (int life = 0; this.checked < states; life++) {
			long before = this.checked;
			this.random = new Random(this.seed + life);
			this.sync = switch (life % 3) {
				case 0 -> LogSync.always();
				case 1 -> LogSync.every(Duration.ofMillis(1));
				default -> LogSync.never();
			};
			this.samples = 0.02 + 0.3 * this.random.nextDouble();
			Path directory = newDirectory();
			try (PowerDisk disk = new PowerDisk(directory, new Random(this.random.nextLong()))) {
				this.disk = disk;
				live(Files.createDirectories(directory));
			}
			assertThat(this.wrong).as("seed %d, life %d, %s", this.seed, life, this.sync).isNull();
			checkedBySync.merge(this.sync.toString(), this.checked - before, Long::sum);
			deleteAll(this.temporary);
		}
		reporter.publishEntry("losses of power survived",
				String.format(Locale.ROOT, "%d %s, seed %d", this.checked, checkedBySync, this.seed));
	}

	private Path newDirectory() {
		return this.temporary.resolve("store-" + this.directories++);
	}

	private static void deleteAll(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : files.filter((file) -> !file.equals(root)).sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/** From the first start on, through restarts of all kinds. */
	private void live(Path first) throws Exception {
		Path directory = first;
		double faults = this.random.nextBoolean() ? 0 : 0.04 * this.random.nextDouble();
		this.states.clear();
		this.saved = 0;
		restored(Map.of());
		this.disk.afterOperation(() -> OtherProcess.run(this::sample));
		for (int start = 0; start < 5 && this.wrong == null; start++) {
			this.disk.faults(0);
			this.disk.dead(false);
			IndexStore store = IndexStore.open(directory, 1 + this.random.nextInt(3));
			SafeIndex index = StoreFixture.newIndex();
			Shelf shelf = Shelf.of(store);
			this.shelf = shelf;
			store.restore(LoadOptions.defaults()).ifPresent((found) -> {
				index.local().restore(found.index());
				shelf.restored(found.index());
			});
			shelf.follow(index);
			requirePossible(contents(index.index(), shelf), "at start " + start + " of " + directory);
			restored(contents(index.index(), shelf));
			this.disk.faults(faults);
			if (attempt(() -> store.log(index, this.sync)) || attempt(() -> store.log(index, this.sync))) {
				returned(this.states.size());
				mutate(store, index);
			}
			this.disk.faults(0);
			if (this.random.nextInt(3) == 0) {
				attempt(store::close);
				continue;
			}
			Path left = newDirectory();
			boolean killed = this.random.nextBoolean();
			if (!killed) {
				this.disk.lose(left);
			}
			this.disk.dead(true);
			attempt(store::close);
			if (!killed) {
				directory = left;
				this.disk.continueIn(directory);
			}
		}
	}

	/**
	 * What comes after it is gone; that it was restored does not mean that it is on disk.
	 */
	private synchronized void restored(Map<String, String> state) {
		int at = this.states.lastIndexOf(state);
		if (at < 0) {
			this.states.add(state);
		}
		else {
			this.states.subList(at + 1, this.states.size()).clear();
		}
		this.perhaps.clear();
	}

	/** Something returned that promises that so many states are on disk. */
	private synchronized void returned(int states) {
		this.saved = Math.max(this.saved, states - 1);
	}

	private interface Attempt {

		void run();

	}

	private static boolean attempt(Attempt attempt) {
		try {
			attempt.run();
			return true;
		}
		catch (SnapvecException ex) {
			return false;
		}
	}

	private void mutate(IndexStore store, SafeIndex index) throws Exception {
		Future<?> saving = null;
		for (int i = this.random.nextInt(60); i > 0 && this.wrong == null; i--) {
			if (saving == null || saving.isDone()) {
				if (saving != null) {
					saving.get(30, TimeUnit.SECONDS);
				}
				saving = (this.random.nextInt(12) == 0) ? this.saver.submit(() -> save(store, index)) : null;
			}
			if (!mutate(index) && this.random.nextBoolean()) {
				save(store, index);
			}
		}
		if (saving != null) {
			saving.get(30, TimeUnit.SECONDS);
		}
	}

	private void save(IndexStore store, SafeIndex index) {
		int returned;
		synchronized (this) {
			returned = this.states.size();
		}
		if (attempt(() -> store.save(index))) {
			returned(returned);
		}
	}

	private boolean mutate(SafeIndex index) {
		Map<String, String> next = new TreeMap<>();
		synchronized (this) {
			next.putAll(this.states.get(this.states.size() - 1));
		}
		Attempt mutation = mutation(index, next);
		synchronized (this) {
			this.perhaps.add(next);
		}
		boolean done = attempt(mutation);
		synchronized (this) {
			if (done) {
				this.states.add(next);
				this.perhaps.clear();
				if (this.sync.isAlways()) {
					returned(this.states.size());
				}
			}
		}
		return done;
	}

	private Attempt mutation(SafeIndex index, Map<String, String> state) {
		switch (this.random.nextInt(20)) {
			case 0 -> {
				if (state.values().stream().anyMatch((value) -> value.contains(" "))) {
					return () -> {
					}; // an index with documents cannot be replaced by others
				}
				SnapIndex other = SnapIndex.builder(StoreFixture.DIMENSION).bits(4).build();
				state.keySet().retainAll(Set.of("attribute")); // which a successor takes
																// over
				List<String> ids = ids();
				long seed = put(ids, state);
				other.addAll(ids, vectors(ids, seed));
				return () -> index.replace(other);
			}
			case 1 -> {
				String value = Integer.toString(this.random.nextInt(1000));
				state.put("attribute", value);
				return () -> index.attribute("attribute", value);
			}
			case 2, 3, 4, 5 -> {
				List<String> ids = ids();
				ids.forEach(state::remove);
				return () -> index.deleteAll(ids);
			}
			case 6, 7, 8, 9, 10 -> {
				List<String> ids = ids();
				long seed = put(ids, state);
				List<String> texts = texts(ids, state);
				return () -> shelf().put(index, ids, vectors(ids, seed), texts);
			}
			case 11, 12 -> {
				List<String> ids = ids().stream().filter(state::containsKey).toList();
				List<String> texts = texts(ids, state);
				return () -> shelf().change(index, ids, texts);
			}
			case 13 -> {
				List<String> ids = ids();
				state.keySet().removeIf((id) -> ids.contains(id) && state.get(id).contains(" "));
				return () -> shelf().delete(index, ids);
			}
			default -> {
				List<String> ids = ids();
				long seed = put(ids, state);
				return () -> index.upsertAll(ids, vectors(ids, seed));
			}
		}
	}

	private Shelf shelf() {
		return Objects.requireNonNull(this.shelf);
	}

	/** A text for each id, which it has from then on, behind the seed of its vector. */
	private List<String> texts(List<String> ids, Map<String, String> state) {
		String text = "text " + this.random.nextInt(1000);
		ids.forEach((id) -> state.compute(id, (key, old) -> Objects.requireNonNull(old).split(" ")[0] + " " + text));
		return ids.stream().map((id) -> text).toList();
	}

	private List<String> ids() {
		return this.random.ints(1 + this.random.nextInt(3), 0, IDS).distinct().mapToObj(Integer::toString).toList();
	}

	private long put(List<String> ids, Map<String, String> state) {
		int seed = this.random.nextInt(SEEDS - ids.size());
		for (int i = 0; i < ids.size(); i++) {
			state.put(ids.get(i), Integer.toString(seed + i));
		}
		return seed;
	}

	private static float[][] vectors(List<String> ids, long seed) {
		float[][] vectors = new float[ids.size()][];
		for (int i = 0; i < vectors.length; i++) {
			vectors[i] = StoreFixture.vector(seed + i);
		}
		return vectors;
	}

	private static Map<String, String> contents(VectorIndex index, Shelf shelf) {
		Map<String, String> contents = new TreeMap<>(index.attributes());
		Map<String, String> texts = shelf.texts(index);
		for (int id = 0; id < IDS; id++) {
			String name = Integer.toString(id);
			index.vector(name)
				.ifPresent((vector) -> contents.put(name, SEED_OF.getOrDefault(Arrays.toString(vector), "unknown")
						+ (texts.containsKey(name) ? " " + texts.get(name) : "")));
		}
		return contents;
	}

	/** The power fails here. */
	private synchronized void sample() {
		if (this.wrong != null || this.random.nextDouble() > this.samples) {
			return;
		}
		try {
			Path left = newDirectory();
			this.disk.lose(left);
			boolean sound = this.random.nextInt(4) > 0 || IndexStore.verify(left).isSound();
			try (IndexStore store = IndexStore.open(left, 3)) {
				Shelf shelf = Shelf.of(store);
				requirePossible(store.restore(LoadOptions.defaults()), shelf, "in " + left);
				requirePossible(store.restoreNewestSound(LoadOptions.defaults()), shelf, "newest sound in " + left);
			}
			assertThat(sound).as("verified %s", left).isTrue();
			this.checked++;
			if (this.wrong == null) {
				deleteAll(left);
				Files.delete(left);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException | AssertionError ex) {
			this.wrong = ex;
		}
	}

	private void requirePossible(Optional<Restored> restored, Shelf shelf, String where) {
		restored.ifPresent((found) -> shelf.restored(found.index()));
		requirePossible(restored.map((found) -> contents(found.index(), shelf)).orElse(Map.of()), where);
	}

	private synchronized void requirePossible(Map<String, String> state, String where) {
		int least = this.saved;
		if (!this.states.subList(least, this.states.size()).contains(state) && !this.perhaps.contains(state)) {
			AssertionError error = new AssertionError(String.format(Locale.ROOT,
					"%s: restored %s, but state %d and later are %s, perhaps %s; earlier ones %s", where, state, least,
					this.states.subList(least, this.states.size()), this.perhaps, this.states.subList(0, least)));
			if (this.wrong == null) {
				this.wrong = error;
			}
		}
	}

}
