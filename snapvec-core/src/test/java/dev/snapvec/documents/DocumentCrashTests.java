package dev.snapvec.documents;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.store.ChildJvm;
import dev.snapvec.store.IndexStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that changes documents, saves them and purges them is killed again and again.
 * What it acknowledged is there afterwards, each document with its text, metadata and
 * vector.
 */
class DocumentCrashTests {

	@TempDir
	Path directory;

	/** By thread, what was acknowledged. */
	private final List<Map<String, StoredDocument>> acknowledged = new ArrayList<>();

	private int changes;

	@Test
	@Timeout(240)
	void tenKillsLoseNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
		survive(10, reporter);
	}

	@Test
	@Tag("slow")
	@Timeout(14_400)
	void aThousandKillsLoseNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
		survive(1_000, reporter);
	}

	private void survive(int kills, TestReporter reporter) throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int thread = 0; thread < CrashingDocuments.THREADS; thread++) {
			this.acknowledged.add(new TreeMap<>());
		}
		for (int kill = 1; kill <= kills; kill++) {
			CrashingDocuments.@Nullable Change[] begun = changeUntilKilled(random);
			check(begun, String.format(Locale.ROOT, "seed %d, kill %d", seed, kill));
		}
		reporter.publishEntry("kills survived",
				String.format(Locale.ROOT, "%d of a process that made %d changes, seed %d", kills, this.changes, seed));
	}

	/** By thread, what was begun and not acknowledged. */
	private CrashingDocuments.@Nullable Change[] changeUntilKilled(Random random) throws Exception {
		Process process = ChildJvm
			.with("-XX:TieredStopAtLevel=1", "-Xmx256m", CrashingDocuments.class.getName(), this.directory.toString(),
					Long.toString(random.nextLong()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		CrashingDocuments.@Nullable Change[] begun = new CrashingDocuments.Change[CrashingDocuments.THREADS];
		int lines = 1 + random.nextInt(1_500);
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
		return begun;
	}

	private void note(String line, CrashingDocuments.@Nullable Change[] begun) {
		if (line.startsWith("begin")) {
			CrashingDocuments.Change change = CrashingDocuments.Change.parse(line);
			begun[change.thread()] = change;
			return;
		}
		int thread = Integer.parseInt(line.substring("done ".length()));
		CrashingDocuments.Change change = begun[thread];
		assertThat(change).isNotNull();
		change.apply(this.acknowledged.get(thread));
		begun[thread] = null;
		this.changes++;
	}

	private void check(CrashingDocuments.@Nullable Change[] begun, String when) {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			SafeIndex index = CrashingDocuments.newIndex();
			try (DocumentIndex documents = new DocumentIndex(index, store, DocumentOptions.defaults())) {
				documents.restore((each) -> each.restore(LoadOptions.defaults()));
				assertThat(documents.missing()).as(when).isZero();
				List<Map<String, StoredDocument>> found = CrashingDocuments.contents(documents);
				assertThat(index.size()).as(when).isEqualTo(found.stream().mapToInt(Map::size).sum());
				assertThat(documents.stats().documents()).as(when).isEqualTo(index.size());
				for (int thread = 0; thread < CrashingDocuments.THREADS; thread++) {
					Map<String, StoredDocument> expected = this.acknowledged.get(thread);
					CrashingDocuments.Change change = begun[thread];
					if (change != null && !found.get(thread).equals(expected)) {
						// it may be there, as a whole
						change.apply(expected);
					}
					assertThat(found.get(thread)).as("%s, begun %s", when, Arrays.toString(begun)).isEqualTo(expected);
				}
			}
		}
	}

}
