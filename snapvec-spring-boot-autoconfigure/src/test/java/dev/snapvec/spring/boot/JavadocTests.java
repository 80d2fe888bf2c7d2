package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the Javadoc of every public type says.
 */
class JavadocTests {

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public (?:[a-z-]+ )*(?:class|interface|record|enum) \\w+");

	private static final String INTERNAL = "Internal: not for applications.";

	private static final Pattern SINCE = Pattern.compile("(?m)^ \\* @since \\d+\\.\\d+\\.\\d+$");

	@ParameterizedTest
	@ValueSource(strings = { "snapvec-core", "snapvec-spring-boot-autoconfigure" })
	void everyPublicTypeSaysSinceWhichVersionItIsThere(String module) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
			List<Path> types = files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !file.toString().contains("/internal/"))
				.toList();
			assertThat(types).hasSizeGreaterThan(20).allSatisfy(JavadocTests::saysSince);
		}
	}

	private static void saysSince(Path file) throws IOException {
		String source = Files.readString(file);
		Matcher type = PUBLIC_TYPE.matcher(source);
		if (type.find()) {
			String javadoc = source.substring(source.lastIndexOf("/**", type.start()), type.start());
			assertThat(SINCE.matcher(javadoc).find() || javadoc.contains(INTERNAL))
				.as("@since of " + file.getFileName())
				.isTrue();
		}
	}

}
