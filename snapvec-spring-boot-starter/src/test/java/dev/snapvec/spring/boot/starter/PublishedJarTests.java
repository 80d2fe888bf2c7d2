package dev.snapvec.spring.boot.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the jars of all modules that are published, as they were packaged.
 */
class PublishedJarTests {

	@Test
	void theStarterIsEmptyAndLeftOutOfApplications() throws IOException {
		try (JarFile jar = open("snapvec-spring-boot-starter", "")) {
			assertThat(jar.stream().map(JarEntry::getName))
				.allMatch((name) -> name.startsWith("META-INF/") && !name.endsWith(".class"));
			assertThat(attribute(jar, "Spring-Boot-Jar-Type")).isEqualTo("dependencies-starter");
		}
	}

	@ParameterizedTest
	@CsvSource({ "snapvec-spring-boot-autoconfigure, dev.snapvec.spring.boot.autoconfigure",
			"snapvec-spring-boot-starter, dev.snapvec.spring.boot.starter" })
	void aJarWithoutAModuleDescriptorHasAModuleName(String module, String name) throws IOException {
		try (JarFile jar = open(module, "")) {
			assertThat(attribute(jar, "Automatic-Module-Name")).isEqualTo(name);
			assertThat(jar.getEntry("module-info.class")).isNull();
		}
	}

	@Test
	void theCoreIsAModule() throws IOException {
		try (JarFile jar = open("snapvec-core", "")) {
			assertThat(jar.getEntry("module-info.class")).isNotNull();
			assertThat(jar.stream().map(JarEntry::getName)).noneMatch((name) -> name.contains("springframework"))
				.contains("dev/snapvec/SafeIndex.class");
		}
	}

	@Test
	void theAutoConfigurationHasTheMetadataThatProcessorsWrite() throws IOException {
		try (JarFile jar = open("snapvec-spring-boot-autoconfigure", "")) {
			assertThat(jar.stream().map(JarEntry::getName)).contains("META-INF/spring-configuration-metadata.json",
					"META-INF/spring-autoconfigure-metadata.properties",
					"META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
					"META-INF/spring.factories");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvec-core", "snapvec-spring-boot-autoconfigure" })
	void sourcesAreThereToo(String module) throws IOException {
		try (JarFile jar = open(module, "-sources")) {
			assertThat(jar.stream().map(JarEntry::getName)).anyMatch((name) -> name.endsWith("package-info.java"));
		}
	}

	private static String attribute(JarFile jar, String name) throws IOException {
		Attributes attributes = jar.getManifest().getMainAttributes();
		return attributes.getValue(name);
	}

	private static JarFile open(String module, String classifier) throws IOException {
		try (Stream<Path> files = Files.list(Path.of("..", module, "target"))) {
			List<Path> jars = files
				.filter((file) -> file.getFileName()
					.toString()
					.matches(module + "-[0-9][0-9.]*(-SNAPSHOT)?" + classifier + "\\.jar"))
				.toList();
			assertThat(jars).as("jars of " + module).hasSize(1);
			return new JarFile(jars.get(0).toFile());
		}
	}

}
