package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what is said of settings that are wrong: their keys, the value that was
 * found, what is expected, and where it is written.
 */
@ExtendWith(OutputCaptureExtension.class)
class IndexSettingTests {

	private static final String KEY = "snapvec.indexes.products.";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			type               | type: faiss                       | faiss | one of snap, residual, pq, ivf-pq
			similarity         | similarity: euclidean             | euclidean | one of cosine, dot-product
			freeze             | freeze: never                     | never | one of on-ready, manual
			populate           | populate: later                   | later | one of on-start, before-ready
			restore.on-failure | 'restore: {on-failure: ignore}'   | ignore | one of fail, previous, empty
			write-ahead-log.sync | 'write-ahead-log: {sync: often}' | often | one of always, interval, never
			bits               | bits: four                        | four | a whole number
			seed               | seed: random                      | random | a whole number
			dimension          | dimension: 3000000000             | 3000000000 | a whole number of at most 2147483647
			use-prod           | useProd: maybe                    | maybe | true or false
			snapshot.interval  | 'snapshot: {interval: often}'     | often | a duration with its unit
			""")
	void aValueOfTheWrongTypeIsExplainedInTheWordsOfTheConfiguration(String key, String yaml, String value,
			String expected, CapturedOutput output) throws Exception {
		String after = fail(String.format(Locale.ROOT,
				"snapvec:\n  defaults: {dimension: 8}\n  indexes:\n    products:\n      %s\n", yaml), output);
		assertThat(after)
			.contains(
					String.format(Locale.ROOT, "Invalid value '%s' for configuration property '%s%s'", value, KEY, key))
			.contains("application.yml] - 5:")
			.contains("It must be " + expected)
			.doesNotContain("java.lang")
			.doesNotContain("dev.snapvec.spring")
			.doesNotContain("_");
	}

	@Test
	void aDimensionThatIsNotSetIsNotCalledAnInvalidValue(CapturedOutput output) throws Exception {
		String after = fail("snapvec:\n  indexes:\n    products:\n      bits: 4\n", output);
		assertThat(after).contains("Configuration property 'snapvec.indexes.products.dimension' is not set.")
			.contains("application.yml] - 4:13")
			.contains("snapvec.defaults.dimension")
			.doesNotContain("null");
	}

	@Test
	void indexesAreNotAList(CapturedOutput output) throws Exception {
		String after = fail("snapvec:\n  indexes:\n    - name: products\n      dimension: 8\n", output);
		assertThat(after).contains("snapvec.indexes[0].name")
			.contains("application.yml] - 3:13")
			.contains("not a list");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			type=snap     | model=' '             | model     | must not be blank
			type=pq       | model=' '             | model     | must not be blank
			type=ivf-pq   | model=' '             | model     | must not be blank
			type=residual | model=' '             | model     | must not be blank
			type=snap     | use-prod=true,bits=2  | use-prod  | use-prod spends one of the bits
			type=ivf-pq   | nprobe=300            | nprobe    | nprobe must be 1 to 256
			type=ivf-pq   | rerank=3              | rerank    | keep-full-precision
			type=snap     | model=${MODEL}        | model     | must not contain an unresolved placeholder
			type=ivf-pq   | nlist=2147483647      | nlist     | nlist
			type=pq       | subspaces=3           | subspaces | subspaces must divide
			type=residual | coarse-bits=9         | coarse-bits | 2, 3 or 4
			type=residual | residual-bits=9       | residual-bits | 2, 3 or 4
			""")
	void theKeyThatIsWrongIsBlamedByItsName(String type, String settings, String key, String reason) {
		IndexRunner.in(this.directory)
			.withPropertyValues(KEY + type)
			.withPropertyValues(Arrays.stream(settings.split(","))
				.map((setting) -> KEY + setting.replace("'", ""))
				.toArray(String[]::new))
			.run((context) -> {
				InvalidConfigurationPropertyValueException failure = invalid(context);
				assertThat(failure.getName()).isEqualTo(KEY + key);
				assertThat(failure.getReason()).contains(reason)
					.doesNotContainPattern("\\b([Uu]seProd|[Kk]eepFullPrecision|[Cc]oarseBits|[Rr]esidualBits)\\b");
			});
	}

	@Test
	void aModelThatCannotBeSavedIsBlamedOnTheModel() {
		IndexRunner.in(this.directory)
			.withPropertyValues(KEY + "model=\ud800")
			.run((context) -> assertThat(invalid(context).getName()).isEqualTo(KEY + "model"));
	}

	@Test
	void whatACustomizerSetsWrongIsNotBlamedOnAProperty() {
		IndexRunner.in(this.directory)
			.withPropertyValues(KEY + "use-prod=true")
			.withBean(SnapvecIndexCustomizer.class, () -> (name, builder) -> ((SnapIndex.Builder) builder).bits(2))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((failure) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining("SnapvecIndexCustomizer")
					.hasStackTraceContaining("snapvec.indexes.products")));
	}

	@ParameterizedTest
	@CsvSource({ "snap, ivf-pq", "snap, residual", "snap, pq", "residual, snap", "residual, ivf-pq", "residual, pq",
			"pq, snap", "ivf-pq, snap", "ivf-pq, residual" })
	void aSnapshotOfAnotherTypeIsNamedAsTheConfigurationNamesIt(String saved, String configured) {
		IndexPopulator populator = new IndexPopulator() {

			@Override
			public float[][] trainingSample(SafeIndex index, ProgressListener progress) {
				return IntStream.range(0, 40).mapToObj(IndexRunner::vector).toArray(float[][]::new);
			}

			@Override
			public void populate(SafeIndex index, ProgressListener progress) {
				IndexRunner.add(index, 3);
			}

		};
		String[] trained = { "snapvec.defaults.nlist=2", "snapvec.defaults.nprobe=2", "snapvec.defaults.centroids=4",
				"snapvec.defaults.keep-full-precision=true", "snapvec.defaults.rerank=10" };
		IndexRunner.in(this.directory)
			.withBean(IndexPopulator.class, () -> populator)
			.withPropertyValues(trained)
			.withPropertyValues(KEY + "type=" + saved)
			.run((context) -> assertThat(context).hasNotFailed());
		for (String onFailure : new String[] { "fail", "previous", "empty" }) {
			IndexRunner.in(this.directory)
				.withPropertyValues(trained)
				.withPropertyValues(KEY + "type=" + configured, KEY + "restore.on-failure=" + onFailure)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("snapvec.indexes.products.type is %s, the snapshot has %s", configured, saved)
					.hasMessageNotContaining("SnapIndex"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:/data", "file:///data/snapvec", "classpath:data", "https://example.com/data",
			"${NOT_SET}/data", "data/${NOT_SET}", "$HOME/data", "%APPDATA%/data", "~other/data", " ", "\t" })
	void whatIsNoPathIsNotMadeADirectory(String configured) {
		IndexRunner.in(this.directory).withPropertyValues("snapvec.directory=" + configured).run((context) -> {
			InvalidConfigurationPropertyValueException failure = invalid(context);
			assertThat(failure.getName()).isEqualTo("snapvec.directory");
			assertThat(failure.getReason()).endsWith(".");
		});
		assertThat(Path.of("~other")).doesNotExist();
		assertThat(Path.of("$HOME")).doesNotExist();
	}

	@Test
	void aTildeIsTheHomeDirectory() {
		String home = System.getProperty("user.home");
		System.setProperty("user.home", this.directory.toString());
		try {
			IndexRunner.in(this.directory).withPropertyValues("snapvec.directory=~/data/x").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(this.directory.resolve("data/x/products")).isDirectory();
			});
			IndexRunner.in(this.directory)
				.withPropertyValues("snapvec.directory=~")
				.run((context) -> assertThat(this.directory.resolve("products")).isDirectory());
		}
		finally {
			System.setProperty("user.home", home);
		}
		assertThat(Path.of("~")).doesNotExist();
	}

	private String fail(String yaml, CapturedOutput output) throws Exception {
		Files.writeString(this.directory.resolve("application.yml"), yaml);
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--snapvec.directory=" + this.directory,
				"--spring.config.location=" + this.directory.toUri()));
		String all = output.toString();
		int start = all.indexOf("APPLICATION FAILED TO START");
		assertThat(start).as(all).isPositive();
		return all.substring(start);
	}

	private static InvalidConfigurationPropertyValueException invalid(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		Throwable failure = context.getStartupFailure();
		while (!(failure instanceof InvalidConfigurationPropertyValueException)) {
			assertThat(failure).isNotNull();
			failure = failure.getCause();
		}
		return (InvalidConfigurationPropertyValueException) failure;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

}
