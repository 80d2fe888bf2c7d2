package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what editors know of the properties.
 */
class ConfigurationMetadataTests {

	private static final List<JsonNode> properties = new ArrayList<>();

	private static final List<JsonNode> hints = new ArrayList<>();

	@TempDir
	private Path directory;

	@BeforeAll
	static void read() throws IOException {
		try (InputStream metadata = SnapvecProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode all = new JsonMapper().readTree(metadata);
			all.get("properties").forEach(properties::add);
			all.get("hints").forEach(hints::add);
		}
	}

	@Test
	void everyPropertyIsDescribedInTheStyleOfSpringBoot() {
		assertThat(properties).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.get("description")).as(property.get("name").asString()).isNotNull();
			String description = property.get("description").asString();
			assertThat(description).endsWith(".").doesNotStartWith("The ").doesNotStartWith("A ");
			if (property.get("type").asString().equals("java.lang.Boolean")) {
				assertThat(description).startsWith("Whether");
			}
		});
	}

	@Test
	void everyPropertyThatHasADefaultSaysSo() {
		assertThat(properties.stream()
			.filter((property) -> property.get("defaultValue") == null)
			.map((property) -> property.get("name").asString())).containsExactlyInAnyOrder("snapvec.defaults.dimension",
					"snapvec.defaults.model", "snapvec.defaults.nprobe", "snapvec.defaults.rerank",
					"snapvec.defaults.snapshot.cron", "snapvec.defaults.subspaces", "snapvec.indexes",
					"snapvec.tenants");
	}

	@Test
	void everyHintIsOfAPropertyOrOfTheKeysOfAMap() {
		List<String> hintable = properties.stream()
			.map((property) -> property.get("name").asString()
					+ (property.get("type").asString().startsWith("java.util.Map") ? ".keys" : ""))
			.toList();
		assertThat(hints).isNotEmpty().extracting((hint) -> hint.get("name").asString()).isSubsetOf(hintable);
	}

	@Test
	void everyValueOfAHintIsDescribedAndCanBeConfigured() {
		for (JsonNode hint : hints) {
			String name = hint.get("name").asString();
			hint.path("values").forEach((value) -> {
				assertThat(value.get("description").asString()).as(name).endsWith(".");
				if (name.startsWith("snapvec.defaults.")) {
					IndexRunner.in(this.directory)
						.withPropertyValues(name + "=" + value.get("value").asString())
						.run((context) -> assertThat(context).hasNotFailed());
				}
			});
		}
	}

	@Test
	void theBitsOfAHintAreThoseThatArePossible() {
		List<String> values = new ArrayList<>();
		hints.stream()
			.filter((hint) -> hint.get("name").asString().equals("snapvec.defaults.bits"))
			.forEach((hint) -> hint.get("values").forEach((value) -> values.add(value.get("value").asString())));
		assertThat(values).containsExactly("2", "3", "4");
	}

	@Test
	void theDirectoryIsCompletedAsAFile() {
		assertThat(hints).filteredOn((hint) -> hint.get("name").asString().equals("snapvec.directory"))
			.singleElement()
			.satisfies(
					(hint) -> assertThat(hint.get("providers").get(0).get("name").asString()).isEqualTo("handle-as"));
	}

	@Test
	void theEndpointIsReadOnlyByDefault() {
		assertThat(properties.stream()
			.filter((property) -> property.get("name").asString().equals("management.endpoint.snapvec.access")))
			.singleElement()
			.satisfies((property) -> assertThat(property.get("defaultValue").asString()).isEqualTo("read_only"));
	}

	@Test
	void everyOtherPropertyIsInTheNamespaceOfSnapvec() {
		assertThat(properties.stream().map((property) -> property.get("name").asString()))
			.allMatch((name) -> name.startsWith("snapvec.") || name.startsWith("management.endpoint.snapvec.")
					|| name.equals("management.health.snapvec.enabled"));
	}

}
