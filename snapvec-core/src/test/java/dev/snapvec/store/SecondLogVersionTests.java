package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.snapvec.Hit;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Directories of every index type that were written when logs got version 2: two
 * snapshots each, with the log after each. {@code expected.txt} holds the hits of the
 * index that wrote them.
 */
class SecondLogVersionTests {

	@TempDir
	Path temporary;

	private static float[] vector(int seed) {
		Random random = new Random(seed);
		float[] vector = new float[12];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

	private Path directory(String type) throws IOException {
		Path directory = this.temporary.resolve(type);
		StoreFixture.copy(Path.of("src/test/resources/stores-log-version-2", type), directory);
		return directory;
	}

	private static void assertContents(VectorIndex index, List<String> expected) {
		List<String> ids = new ArrayList<>();
		List<Float> scores = new ArrayList<>();
		for (int query = 0; query < 4; query++) {
			for (Hit hit : index.search(vector(1200 + query), 6)) {
				ids.add(query + " " + hit.id());
				scores.add(hit.score());
			}
		}
		assertThat(expected.get(ids.size())).isEqualTo("size " + index.size());
		for (int i = 0; i < ids.size(); i++) {
			int end = expected.get(i).lastIndexOf(' ');
			assertThat(ids.get(i)).isEqualTo(expected.get(i).substring(0, end));
			assertThat(scores.get(i)).as(ids.get(i))
				.isCloseTo(Float.parseFloat(expected.get(i).substring(end)), within(1e-6f));
		}
		assertThat(index.attributes()).containsEntry("model", "bge-small").containsEntry("source", "feed-3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "snap", "snap-prod", "residual", "pq", "ivf-pq" })
	void theyAreRestoredVerifiedAndContinued(String type) throws IOException {
		Path directory = directory(type);
		List<String> expected = Files.readAllLines(directory.resolve("expected.txt"));
		StoreReport report = IndexStore.verify(directory);
		assertThat(report.isSound()).isTrue();
		assertThat(report.restore().rows()).isEqualTo(30);
		try (IndexStore store = IndexStore.open(directory, 2)) {
			Restored restored = store.restore(LoadOptions.defaults()).orElseThrow();
			assertThat(restored.skipped()).isEmpty();
			assertContents(restored.index(), expected);
			SafeIndex index = new SafeIndex("articles", restored.index());
			store.log(index, LogSync.always());
			index.add("more", vector(1300));
			index.delete("more");
			store.save(index);
		}
		try (IndexStore store = IndexStore.open(directory, 2)) {
			assertContents(store.restore(LoadOptions.defaults()).orElseThrow().index(), expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "snap", "snap-prod", "residual", "pq", "ivf-pq" })
	void theOlderSnapshotAndBothLogsGiveTheSame(String type) throws IOException {
		Path directory = directory(type);
		Files.delete(new StoreFiles(directory).snapshot(3));
		try (IndexStore store = IndexStore.open(directory, 2)) {
			assertContents(store.restore(LoadOptions.defaults()).orElseThrow().index(),
					Files.readAllLines(directory.resolve("expected.txt")));
		}
	}

}
