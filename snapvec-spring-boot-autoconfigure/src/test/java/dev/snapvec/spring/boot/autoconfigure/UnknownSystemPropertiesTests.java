package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownSystemProperties}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownSystemPropertiesTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String property) {
		String name = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;
		return IndexRunner.in(this.directory)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(name, new MapPropertySource(name, Map.of(property, "3"))));
	}

	@ParameterizedTest
	@CsvSource({ "snapvec.directry, snapvec.directory", "snapvec.defaults.bit, snapvec.defaults.bits",
			"snapvec.indexes.products.dimenson, snapvec.indexes.products.dimension",
			"snapvec.indexes.my-notes.snapshot.retian, snapvec.indexes.my-notes.snapshot.retain",
			"snapvec.tenants.documents.maximum-opne, snapvec.tenants.documents.maximum-open" })
	void aSlipIsWarnedOfWithWhatWasMeant(String property, String meant, CapturedOutput output) {
		runner(property).run((context) -> assertThat(output).containsPattern(
				"WARN.*System property " + property + " sets no property of an index; did you mean " + meant + "\\?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvec.defaults.bits", "snapvec.indexes.products.snapshot.retain",
			"snapvec.indexes.products.useProd", "snapvec.indexes[products].bits", "snapvec.kernel", "user.home",
			"snapvector.home" })
	void whatIsKnownOrNotOurOwnIsNot(String property, CapturedOutput output) {
		runner(property).run((context) -> assertThat(output).doesNotContain("System property"));
	}

}
