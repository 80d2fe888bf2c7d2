package dev.snapvec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * An index that the Python package saved, with what it was made of and what it answered.
 */
record GoldenCase(String name, String type, boolean legacy, Path file, JsonNode params, List<String> ids,
		float[][] vectors, float[][] queries, List<GoldenSearch> searches, JsonNode json) {

	private static final ObjectMapper MAPPER = new ObjectMapper();

	static List<GoldenCase> all() {
		Path directory = directory();
		List<GoldenCase> cases = new ArrayList<>();
		for (JsonNode entry : MAPPER.readTree(directory.resolve("cases.json").toFile()).get("cases")) {
			cases.add(read(directory, entry));
		}
		return cases;
	}

	static Path directory() {
		String given = System.getProperty("snapvec.golden.dir");
		return Path.of((given != null && !given.isEmpty()) ? given : "src/test/resources/golden");
	}

	static JsonNode json(String file) {
		return MAPPER.readTree(directory().resolve(file).toFile());
	}

	private static GoldenCase read(Path directory, JsonNode entry) {
		String name = entry.get("name").asString();
		JsonNode json = MAPPER.readTree(directory.resolve(name + ".json").toFile());
		List<String> ids = new ArrayList<>();
		json.get("ids").forEach((id) -> ids.add(id.get("text").asString()));
		List<GoldenSearch> searches = new ArrayList<>();
		json.get("searches").forEach((search) -> searches.add(GoldenSearch.of(search)));
		return new GoldenCase(name, entry.get("class").asString(), entry.get("legacy").asBoolean(),
				directory.resolve(entry.get("file").asString()), json.get("params"), ids,
				floats(directory, json.get("vectors")), floats(directory, json.get("queries")), searches, json);
	}

	private static float[][] floats(Path directory, JsonNode array) {
		try {
			byte[] bytes = Files.readAllBytes(directory.resolve(array.get("file").asString()));
			float[][] rows = new float[array.get("rows").asInt()][array.get("dim").asInt()];
			ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
			for (float[] row : rows) {
				for (int i = 0; i < row.length; i++) {
					row[i] = buffer.getFloat();
				}
			}
			return rows;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean flag(String name) {
		return this.params.path(name).asBoolean(false);
	}

	int number(String name) {
		return this.params.get(name).asInt();
	}

	long seed() {
		return this.params.path("seed").asLong(0);
	}

	boolean isTrained() {
		return this.type.contains("PQ");
	}

	Set<String> deleted() {
		Set<String> deleted = new HashSet<>();
		this.json.path("deleted").forEach((id) -> deleted.add(id.get("text").asString()));
		return deleted;
	}

	/** The vectors of the ids, which are fewer than the file's in some cases. */
	float[][] vectorsOfIds() {
		return Arrays.copyOf(this.vectors, this.ids.size());
	}

	/** Scores as Python has them. */
	LoadOptions pythonScores() {
		boolean dot = !this.type.equals("SnapIndex") && !flag("normalized");
		return LoadOptions.defaults()
			.correctedScores(false)
			.similarity(dot ? Similarity.DOT_PRODUCT : Similarity.COSINE);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
