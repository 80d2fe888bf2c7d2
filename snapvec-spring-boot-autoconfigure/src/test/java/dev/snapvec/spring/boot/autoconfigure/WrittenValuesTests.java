package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.config.KnownKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link WrittenValues}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WrittenValuesTests {

	private static final String PRODUCTS = "snapvec.indexes.products.";

	@TempDir
	private Path directory;

	static List<String> keys() {
		return Stream.of(KnownKeys.of(IndexProperties.class, "").stream().map(PRODUCTS::concat),
				KnownKeys.of(IndexProperties.class, "").stream().map("snapvec.defaults."::concat),
				KnownKeys.of(TenantProperties.class, "").stream().map("snapvec.tenants.documents."::concat),
				Stream.of("snapvec.enabled", "snapvec.in-memory", "snapvec.metrics.enabled",
						"snapvec.observations.enabled", "snapvec.directory"))
			.flatMap((keys) -> keys)
			.toList();
	}

	@ParameterizedTest
	@MethodSource("keys")
	void whatIsBlankIsNotCalledUnknown(String key) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.tenants.documents.dimension=8", key + "=")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property " + key + " with value '' is invalid"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					cache: false           | cache           | false | enabled, expire-after-write
					snapshot: 10s          | snapshot        | 10s   | cron, enabled, interval
					restore: empty         | restore         | empty | on-failure
					write-ahead-log: true  | write-ahead-log | true  | enabled, interval, sync
					cache:                 | cache           |       | enabled, expire-after-write
					bits: [3]              | bits[0]         | 3     | There must be nothing below snapvec.indexes.products.bits, which must be a whole number
					bits: {x: 3}           | bits.x          | 3     | There must be nothing below snapvec.indexes.products.bits, which must be a whole number
					bits: 3.7              | bits            | 3.7   | must be a whole number
					freeze: 1              | freeze          | 1     | must be one of on-ready, manual
					type: 0                | type            | 0     | must be one of snap, residual, pq, ivf-pq
					dimension:             | dimension       |       | must not be blank: write a whole number of at most 2147483647, or remove the key
					snapshot: {interval: } | snapshot.interval |     | must not be blank: write a duration with its unit
					""")
	void whatIsWrittenInTheWrongPlaceOrFormIsExplainedByWhatBelongsThere(String yaml, String key, String value,
			String expected, CapturedOutput output) throws Exception {
		String after = fail("snapvec:\n  defaults: {dimension: 8}\n  indexes:\n    products:\n      " + yaml + "\n",
				output);
		assertThat(after)
			.contains("Invalid value '" + ((value != null) ? value : "") + "' for configuration property '" + PRODUCTS
					+ key + "' (originating from 'URL [")
			.contains("application.yml] - 5:")
			.contains(expected)
			.doesNotContain("java.lang")
			.doesNotContain("dev.snapvec.spring");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			snapvec: true                                | snapvec            | indexes, metrics.enabled
			snapvec: {indexes: products}                 | snapvec.indexes    | Names of indexes belong below it
			snapvec: {indexes: }                         | snapvec.indexes    | Names of indexes belong below it
			snapvec: {indexes: [products]}               | snapvec.indexes[0] | Indexes are not a list
			snapvec: {indexes: {products: 384}}          | snapvec.indexes.products | dimension
			snapvec: {tenants: documents}                | snapvec.tenants    | Names of indexes belong below it
			snapvec: {defaults: 384}                     | snapvec.defaults   | dimension
			snapvec: {metrics: false}                    | snapvec.metrics    | enabled
			""")
	void aValueAboveThePropertiesIsExplainedByThem(String yaml, String key, String expected, CapturedOutput output)
			throws Exception {
		assertThat(fail(yaml + "\n", output)).contains("for configuration property '" + key + "'")
			.contains("application.yml]")
			.contains(expected)
			.doesNotContain("java.lang")
			.doesNotContain("It must be a text")
			.doesNotContain("dev.snapvec.spring");
	}

	@ParameterizedTest
	@ValueSource(strings = { "products:", "products: {}", "products: ~" })
	void anIndexThatSetsNothingItselfHasTheDefaults(String yaml) throws Exception {
		try (ConfigurableApplicationContext context = run(
				"snapvec:\n  defaults: {dimension: 8}\n  indexes:\n    " + yaml + "\n")) {
			assertThat(context.getBean("products", SafeIndex.class).dimension()).isEqualTo(8);
		}
	}

	@Test
	void aBlankThatHidesWhatIsWrittenElsewhereIsRefused(CapturedOutput output) throws Exception {
		assertThat(
				fail("snapvec:\n  indexes:\n    products:\n      dimension: 8\n", output, "--snapvec.indexes.products"))
			.contains("Invalid value '' for configuration property 'snapvec.indexes.products'")
			.contains("commandLineArgs");
	}

	private String fail(String yaml, CapturedOutput output, String... arguments) throws Exception {
		int before = output.length();
		assertThatException().isThrownBy(() -> run(yaml, arguments));
		String all = output.toString().substring(before);
		int start = all.indexOf("APPLICATION FAILED TO START");
		assertThat(start).as(all).isPositive();
		return all.substring(start);
	}

	private ConfigurableApplicationContext run(String yaml, String... arguments) throws Exception {
		Files.writeString(this.directory.resolve("application.yml"), yaml);
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		String location = "--spring.config.location=" + this.directory.toUri();
		return application
			.run(Stream.concat(Stream.of(location, "--snapvec.directory=" + this.directory), Stream.of(arguments))
				.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

}
