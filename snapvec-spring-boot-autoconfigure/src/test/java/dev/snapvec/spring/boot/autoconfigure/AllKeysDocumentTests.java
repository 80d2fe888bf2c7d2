package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.config.PropertyKeys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for docs/all-keys.yml, which is what the metadata of the properties says. With
 * {@code -Dtest.jvm.args=-Dsnapvec.docs=write} it is written.
 */
class AllKeysDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/all-keys.yml");

	private static final String HEADER = """
			# Every key, with its default where it has one. Generated from the metadata of the properties;
			# AllKeysDocumentTests compares it. What is set below snapvec.defaults can be set below
			# snapvec.indexes.<name> too, where a setting that the type does not have is rejected.
			""";

	/** Rejected beside the defaults of others. */
	private static final Set<String> ONLY_WITH_OTHERS = Set.of("snapvec.defaults.write-ahead-log.interval");

	@TempDir
	private Path directory;

	@Test
	void theFileHasTheKeysAndDefaultsOfTheMetadata() throws IOException {
		String expected = document();
		if ("write".equals(System.getProperty("snapvec.docs"))) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
	}

	@Test
	void theFileStartsAnApplication() throws IOException {
		PropertySource<?> yaml = new YamlPropertySourceLoader().load("all keys", new FileSystemResource(DOCUMENT))
			.get(0);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SnapvecAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(yaml))
			.withPropertyValues("snapvec.directory=" + this.directory)
			.run((context) -> assertThat(context.getBean(SafeIndex.class).dimension()).isEqualTo(384));
	}

	private static String document() throws IOException {
		Map<String, JsonNode> properties = new TreeMap<>();
		PropertiesDocumentTests.properties()
			.forEach((property) -> properties.put(PropertiesDocumentTests.text(property, "name"), property));
		StringBuilder document = new StringBuilder(HEADER);
		List<String> parents = List.of();
		for (Map.Entry<String, JsonNode> property : properties.entrySet()) {
			List<String> names = List.of(property.getKey().split("\\."));
			parents = open(document, parents, names.subList(0, names.size() - 1));
			write(document, names, property.getValue());
		}
		return document.toString();
	}

	private static List<String> open(StringBuilder document, List<String> open, List<String> parents) {
		int same = 0;
		while (same < Math.min(open.size(), parents.size()) && open.get(same).equals(parents.get(same))) {
			same++;
		}
		for (int depth = same; depth < parents.size(); depth++) {
			document.append("  ".repeat(depth)).append(parents.get(depth)).append(":\n");
		}
		return new ArrayList<>(parents);
	}

	private static void write(StringBuilder document, List<String> names, JsonNode property) {
		String name = String.join(".", names);
		String indent = "  ".repeat(names.size() - 1);
		document.append(indent).append("# ").append(PropertiesDocumentTests.text(property, "description")).append('\n');
		if (name.equals(PropertyKeys.INDEXES)) {
			document.append("  indexes:\n    products:\n      dimension: 384\n");
			return;
		}
		String value = PropertiesDocumentTests.text(property, "defaultValue");
		boolean comment = value == null || ONLY_WITH_OTHERS.contains(name);
		document.append(indent)
			.append(comment ? "# " : "")
			.append(names.get(names.size() - 1))
			.append((value != null) ? ": " + value : ":")
			.append('\n');
	}

}
