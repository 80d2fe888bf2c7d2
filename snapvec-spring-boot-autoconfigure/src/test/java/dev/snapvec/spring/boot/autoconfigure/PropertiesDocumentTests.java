package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.spring.boot.config.PropertyKeys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for docs/properties.md, which is what the metadata of the properties says. With
 * {@code -Dtest.jvm.args=-Dsnapvec.docs=write} it is written.
 */
class PropertiesDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/properties.md");

	private static final String HEADER = """
			# Properties

			Generated from the metadata of the properties that editors read too; `PropertiesDocumentTests` compares it.

			## Of every index

			Below `snapvec.indexes.<name>` for one index, or below `snapvec.defaults` for all that do not set their own. \
			A setting that the type of an index does not have is rejected for that index, and ignored in the defaults.

			| key | type | default | types of index | description |
			|---|---|---|---|---|
			""";

	private static final String OTHERS = """

			## Of the application

			| key | type | default | description |
			|---|---|---|---|
			""";

	@Test
	void theDocumentSaysWhatTheMetadataSays() throws IOException {
		String expected = document();
		if ("write".equals(System.getProperty("snapvec.docs"))) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
	}

	@Test
	void theDefaultsThatDescriptionsTellAreThoseOfTheEngine() {
		assertThat(IvfPqSnapIndex.builder(12).nlist(64).build().stats().parameters()).containsEntry("nprobe", 4)
			.containsEntry("rerank", 0)
			.containsEntry("subspaces", 6);
		assertThat(IvfPqSnapIndex.builder(15).nlist(8).keepFullPrecision(true).build().stats().parameters())
			.containsEntry("nprobe", 1)
			.containsEntry("rerank", 100)
			.containsEntry("subspaces", 5);
		assertThat(ResidualSnapIndex.builder(8).build().stats().parameters()).containsEntry("rerank", 0);
	}

	private static String document() throws IOException {
		StringBuilder indexes = new StringBuilder(HEADER);
		StringBuilder others = new StringBuilder(OTHERS);
		for (JsonNode property : properties()) {
			String name = text(property, "name");
			String defaults = PropertyKeys.DEFAULTS + ".";
			if (name.startsWith(defaults)) {
				String key = name.substring(defaults.length());
				indexes.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s | %s |%n", key, type(property),
						value(property), types(key), text(property, "description")));
			}
			else {
				others.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s |%n", name, type(property),
						value(property), text(property, "description")));
			}
		}
		return indexes.append(others).toString();
	}

	static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		try (InputStream metadata = SnapvecProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			new JsonMapper().readTree(metadata).get("properties").forEach(properties::add);
		}
		return properties;
	}

	static @Nullable String text(JsonNode property, String field) {
		JsonNode value = property.get(field);
		return (value != null) ? value.asString() : null;
	}

	private static String value(JsonNode property) {
		String value = text(property, "defaultValue");
		return (value != null) ? "`" + value + "`" : "";
	}

	private static String type(JsonNode property) {
		String type = String.valueOf(text(property, "type"));
		try {
			Class<?> found = Class.forName(type);
			return found.isEnum() ? Stream.of(found.getEnumConstants())
				.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", ")) : found.getSimpleName();
		}
		catch (ClassNotFoundException ex) {
			return type.startsWith("java.util.Map") ? "Map" : type.substring(type.lastIndexOf('.') + 1);
		}
	}

	private static String types(String key) {
		List<String> types = Stream.of(IndexType.values())
			.filter((type) -> type.factory().properties().stream().anyMatch((property) -> property.key().equals(key)))
			.map(IndexType::value)
			.toList();
		return types.isEmpty() ? "all" : String.join(", ", types);
	}

}
