package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.snapvec.Hit;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;

/**
 * Small indexes for tests of stores, and what they hold.
 */
final class StoreFixture {

	static final int DIMENSION = 8;

	private static final float[][] QUERIES = { vector(-1), vector(-2), vector(-3) };

	private StoreFixture() {
	}

	static float[] vector(long seed) {
		Random random = new Random(seed * 31 + 7);
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < DIMENSION; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return vector;
	}

	static SafeIndex newIndex() {
		return new SafeIndex("test", SnapIndex.builder(DIMENSION).bits(4).build());
	}

	/** Each id with the scores its vector gets, and the attributes. */
	static Map<String, List<String>> contents(VectorIndex index) {
		Map<String, StringBuilder> scores = new HashMap<>();
		for (float[] query : QUERIES) {
			for (Hit hit : index.search(query, Math.max(1, index.size()))) {
				scores.computeIfAbsent(hit.id(), (id) -> new StringBuilder()).append(hit.score()).append(' ');
			}
		}
		Map<String, List<String>> contents = new HashMap<>();
		scores.forEach((id, texts) -> contents.put(id, List.of(texts.toString())));
		index.attributes().forEach((name, value) -> contents.put("attribute " + name, List.of(value)));
		return contents;
	}

	static Map<String, List<String>> contents(SafeIndex index) {
		return contents(index.index());
	}

	/** What a directory would give if its writer were killed now. */
	static Map<String, List<String>> contentsIfKilled(Path directory, Path copy) throws IOException {
		copy(directory, copy);
		try (IndexStore store = IndexStore.open(copy, 3)) {
			return store.restore(LoadOptions.defaults()).map((restored) -> contents(restored.index())).orElse(Map.of());
		}
	}

	static void copy(Path directory, Path copy) throws IOException {
		Files.createDirectories(copy);
		try (var files = Files.list(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Files.copy(file, copy.resolve(file.getFileName()));
			}
		}
	}

}
