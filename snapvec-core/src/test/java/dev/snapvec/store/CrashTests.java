package dev.snapvec.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that writes is killed again and again, at moments of chance. What it
 * acknowledged is there afterwards, and nothing it did not begin.
 */
class CrashTests {

	@TempDir
	Path directory;

	/** By thread, what was acknowledged. */
	private final List<Map<String, Written>> acknowledged = new ArrayList<>();

	/** A vector, and the text of its document if it has one. */
	private record Written(float[] vector, @Nullable String text) {
	}

	private int mutations;

	@ParameterizedTest
	@ValueSource(strings = { "always", "interval", "never" })
	@Timeout(120)
	void aFewKillsLoseNothingThatWasAcknowledged(String sync, TestReporter reporter) throws Exception {
		survive(4, sync, reporter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "always", "interval", "never" })
	@Tag("slow")
	@Timeout(7200)
	void hundredsOfKillsLoseNothingThatWasAcknowledged(String sync, TestReporter reporter) throws Exception {
		survive(240, sync, reporter);
	}

	private void survive(int kills, String sync, TestReporter reporter) throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int t = 0; t < CrashingWriter.THREADS; t++) {
			this.acknowledged.add(new HashMap<>());
		}
		for (int kill = 1; kill <= kills; kill++) {
			List<CrashingWriter.@Nullable Mutation> begun = writeUntilKilled(sync, random);
			check(begun, String.format(Locale.ROOT, "%s, seed %d, kill %d", sync, seed, kill));
		}
		reporter.publishEntry("kills survived", String.format(Locale.ROOT,
				"%d with %s, of a process that made %d mutations, seed %d", kills, sync, this.mutations, seed));
	}

	/** By thread, what was begun and not acknowledged. */
	private List<CrashingWriter.@Nullable Mutation> writeUntilKilled(String sync, Random random) throws Exception {
		Process process = ChildJvm
			.with("-XX:TieredStopAtLevel=1", "-Xmx128m", CrashingWriter.class.getName(), this.directory.toString(),
					Long.toString(random.nextLong()), sync)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		CrashingWriter.Mutation[] begun = new CrashingWriter.Mutation[CrashingWriter.THREADS];
		int lines = 1 + random.nextInt(600);
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				assertThat(line).matches("begin .*|done .*");
				note(line, begun);
				if (--lines == 0) {
					// unlike the process, its handle leaves what it said readable
					process.toHandle().destroyForcibly();
				}
			}
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(lines).as("lines left when the process ended").isLessThanOrEqualTo(0);
		return Arrays.asList(begun);
	}

	private void note(String line, CrashingWriter.Mutation[] begun) {
		if (line.startsWith("begin")) {
			CrashingWriter.Mutation mutation = CrashingWriter.Mutation.parse(line);
			begun[mutation.thread()] = mutation;
			return;
		}
		int thread = Integer.parseInt(line.substring("done ".length()));
		apply(begun[thread], this.acknowledged.get(thread));
		begun[thread] = null;
		this.mutations++;
	}

	private static void apply(CrashingWriter.Mutation mutation, Map<String, Written> rows) {
		float[][] vectors = mutation.vectors();
		for (int i = 0; i < vectors.length; i++) {
			String id = mutation.ids().get(i);
			String text = mutation.texts().get(i);
			switch (mutation.kind()) {
				case "put" -> rows.put(id, new Written(vectors[i], null));
				case "text" -> rows.put(id, new Written(vectors[i], text));
				case "change" -> rows.computeIfPresent(id, (key, row) -> new Written(row.vector, text));
				case "drop" -> rows.computeIfPresent(id, (key, row) -> (row.text != null) ? null : row);
				default -> rows.remove(id);
			}
		}
	}

	private void check(List<CrashingWriter.@Nullable Mutation> begun, String when) throws IOException {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			Shelf shelf = Shelf.of(store);
			Map<String, List<String>> restored = store.restore(LoadOptions.defaults()).map((found) -> {
				shelf.restored(found.index());
				return with(shelf.texts(found.index()), StoreFixture.contents(found.index()));
			}).orElse(Map.of());
			for (int thread = 0; thread < CrashingWriter.THREADS; thread++) {
				check(of(thread, restored), thread, begun.get(thread), when);
			}
		}
	}

	private static Map<String, List<String>> with(Map<String, String> texts, Map<String, List<String>> contents) {
		texts.forEach((id, text) -> contents.put(id, List.of(contents.get(id).get(0), text)));
		return contents;
	}

	private static Map<String, List<String>> of(int thread, Map<String, List<String>> contents) {
		return contents.entrySet()
			.stream()
			.filter((row) -> row.getKey().startsWith(thread + "-"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** What was begun and not acknowledged may be there as a whole. */
	private void check(Map<String, List<String>> restored, int thread, CrashingWriter.@Nullable Mutation begun,
			String when) {
		Map<String, Written> rows = this.acknowledged.get(thread);
		if (begun != null && !restored.equals(contents(rows))) {
			apply(begun, rows);
		}
		assertThat(restored).as("%s, rows of thread %d", when, thread).isEqualTo(contents(rows));
	}

	private static Map<String, List<String>> contents(Map<String, Written> rows) {
		SafeIndex index = StoreFixture.newIndex();
		index.addAll(List.copyOf(rows.keySet()), rows.values().stream().map(Written::vector).toArray(float[][]::new));
		Map<String, String> texts = new HashMap<>();
		rows.forEach((id, row) -> {
			if (row.text != null) {
				texts.put(id, row.text);
			}
		});
		return with(texts, StoreFixture.contents(index));
	}

}
