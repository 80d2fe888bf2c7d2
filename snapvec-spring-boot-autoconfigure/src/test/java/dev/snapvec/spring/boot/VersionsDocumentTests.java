package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the versions in docs/starter.md.
 */
class VersionsDocumentTests {

	@Test
	void theVersionsAreThoseOfTheBuild() throws IOException {
		String document = Files.readString(Path.of("../docs/starter.md"));
		String release = property("maven.compiler.release");
		assertThat(document).contains("| Spring Boot | 4.1 | " + SpringBootVersion.getVersion() + " |")
			.contains(String.format(Locale.ROOT, "| JDK | %s or later | %s: everything; ", release, release));
		assertThat(Files.readString(Path.of("../.ci/run"))).contains("*25*");
	}

	private static String property(String name) throws IOException {
		Matcher matcher = Pattern.compile(String.format(Locale.ROOT, "<%1$s>(.*)</%1$s>", Pattern.quote(name)))
			.matcher(Files.readString(Path.of("../pom.xml")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}
