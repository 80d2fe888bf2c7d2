package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what editors know of the properties.
 */
class ConfigurationMetadataTests {

	private static final List<JsonNode> properties = new ArrayList<>();

	@BeforeAll
	static void read() throws IOException {
		try (InputStream metadata = SnapvecProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			new JsonMapper().readTree(metadata).get("properties").forEach(properties::add);
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
