package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.lifecycle.StartupLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupLine} and {@link SafeIndexImport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupLineTests {

	@TempDir
	private Path directory;

	@Test
	void oneLineTellsVersionJavaAndKernel(CapturedOutput output) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.articles.dimension=8", "snapvec.tenants.documents.dimension=8")
			.run((context) -> assertThat(context).hasNotFailed());
		String kernel = SnapIndex.builder(1).build().stats().kernel();
		assertThat(output.toString().lines().filter((line) -> line.contains(kernel + " kernel"))).singleElement()
			.asString()
			.contains("INFO")
			.containsPattern("snapvec [0-9]+\\.[0-9]+\\.[0-9]+")
			.contains("Java " + System.getProperty("java.version"));
	}

	@Test
	void theOptionThatWouldMakeItFasterIsNamedWhereItWould() {
		assertThat(StartupLine.text("1.0", "scalar", "17", false)).contains("--add-modules jdk.incubator.vector");
		assertThat(StartupLine.text("1.0", "scalar", "17", true)).doesNotContain("--add-modules");
		assertThat(StartupLine.text("1.0", "vector, 256 bits", "25", true)).endsWith("kernel");
	}

	@Test
	void anOlderSpringBootIsRefusedByItsVersion() {
		IndexRunner.in(this.directory)
			.withClassLoader(new FilteredClassLoader("org.springframework.beans.factory.BeanRegistrar"))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"the snapvec starter needs Spring Boot 4.1 or later, but this is Spring Boot"));
	}

}
