package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownEnvironmentVariables}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownEnvironmentVariablesTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String variable) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return IndexRunner.in(this.directory)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(name, new SystemEnvironmentPropertySource(name, Map.of(variable, "3"))));
	}

	@ParameterizedTest
	@CsvSource({ "SNAPVEC_DIRECTRY, SNAPVEC_DIRECTORY", "SNAPVEC_DEFAULTS_BIT, SNAPVEC_DEFAULTS_BITS",
			"SNAPVEC_INDEXES_PRODUCTS_DIMENSON, SNAPVEC_INDEXES_PRODUCTS_DIMENSION",
			"SNAPVEC_INDEXES_MY_NOTES_SNAPSHOT_INTERVALL, SNAPVEC_INDEXES_MY_NOTES_SNAPSHOT_INTERVAL",
			"SNAPVEC_INDEXES_PRODUCTS_WRITEAHEADLOG_ENABLE, SNAPVEC_INDEXES_PRODUCTS_WRITEAHEADLOG_ENABLED" })
	void aSlipIsWarnedOfWithWhatWasMeant(String variable, String meant, CapturedOutput output) {
		runner(variable).run((context) -> assertThat(output).containsPattern("WARN.*Environment variable " + variable
				+ " sets no property of an index; did you mean " + meant + "\\?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SNAPVEC_HOME", "SNAPVEC_VERSION_OF_IMAGE" })
	void whatIsLikeNoneIsWarnedOfAndStartsAllTheSame(String variable, CapturedOutput output) {
		runner(variable).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("Environment variable " + variable + " sets no property of an index")
				.doesNotContain("did you mean");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "SNAPVEC_DEFAULTS_BITS", "SNAPVEC_DEFAULTS_SNAPSHOT_RETAIN",
			"SNAPVEC_INDEXES_PRODUCTS_BITS", "SNAPVEC_INDEXES_PRODUCTS_CACHE_MAXIMUMSIZE",
			"SNAPVEC_INDEXES_PRODUCTS_CACHE_MAXIMUM_SIZE", "PATH", "SNAPVECTOR_HOME" })
	void whatIsKnownOrNotOurOwnIsNot(String variable, CapturedOutput output) {
		runner(variable).run((context) -> assertThat(output).doesNotContain("Environment variable"));
	}

	@Test
	void aNameThatNobodyElseWritesHasNoUnderscore(CapturedOutput output) {
		runner("SNAPVEC_INDEXES_MY_NOTES_DIMENSION").run((context) -> assertThat(output)
			.contains("Environment variable SNAPVEC_INDEXES_MY_NOTES_DIMENSION sets no property of an index;"
					+ " did you mean SNAPVEC_INDEXES_MYNOTES_DIMENSION?"));
	}

	@Test
	void aNameWithADashMayBeWrittenWithAnUnderscore(CapturedOutput output) {
		runner("SNAPVEC_INDEXES_MY_NOTES_DIMENSION").withPropertyValues("snapvec.indexes.my-notes.bits=3")
			.run((context) -> assertThat(output).doesNotContain("Environment variable"));
	}

	@Test
	void aPropertyOfTenantsIsKnownToo(CapturedOutput output) {
		runner("SNAPVEC_TENANTS_DOCUMENTS_MAXIMUMOPEN").withPropertyValues("snapvec.tenants.documents.dimension=8")
			.run((context) -> assertThat(output).doesNotContain("Environment variable"));
	}

}
