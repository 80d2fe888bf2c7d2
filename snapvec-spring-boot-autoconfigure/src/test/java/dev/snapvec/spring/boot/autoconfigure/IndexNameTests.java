package dev.snapvec.spring.boot.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.tenant.TenantDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the names of indexes, wherever they are written.
 */
class IndexNameTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "myNotes", "my-notes", "my_notes", "MYNOTES", "mynotes", "MyNotes" })
	void theEnvironmentOverridesTheFileWhateverTheNameLooksLike(String name) {
		runner(yaml("application.yml", index(name, 8)))
			.withInitializer(
					environment("SNAPVEC_INDEXES_MYNOTES_DIMENSION", "16", "SNAPVEC_INDEXES_MYNOTES_BITS", "3"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly(name);
				SafeIndex index = context.getBean(name, SafeIndex.class);
				assertThat(index.dimension()).isEqualTo(16);
				assertThat(index.stats().parameters()).containsEntry("bits", 3);
				assertThat(files()).containsExactly(name);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "my-notes", "my_notes" })
	void theEnvironmentMayWriteADashAsAnUnderscore(String name) {
		runner(yaml("application.yml", index(name, 8)))
			.withInitializer(environment("SNAPVEC_INDEXES_MY_NOTES_DIMENSION", "16"))
			.withPropertyValues("snapvec.defaults.dimension=4")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly(name);
				assertThat(context.getBean(SafeIndex.class).dimension()).isEqualTo(16);
			});
	}

	@Test
	void anIndexThatOnlyTheEnvironmentNamesHasALowerCaseName() {
		runner().withInitializer(environment("SNAPVEC_INDEXES_MYNOTES_DIMENSION", "16")).run((context) -> {
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("mynotes");
			assertThat(context.getBean("mynotes", SafeIndex.class).dimension()).isEqualTo(16);
		});
	}

	@Test
	void tenantsAreNamedLikeIndexes() {
		runner(yaml("application.yml", "snapvec:\n  tenants:\n    myNotes:\n      dimension: 8\n"))
			.withInitializer(environment("SNAPVEC_TENANTS_MYNOTES_MAXIMUMOPEN", "2"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).getBean(SnapvecTenants.class).extracting(SnapvecTenants::name).isEqualTo("myNotes");
				IndexDefinitions definitions = context.getBean(IndexDefinitions.class);
				assertThat(definitions.tenants()).singleElement()
					.extracting(TenantDefinition::maximumOpen)
					.isEqualTo(2);
			});
	}

	@ParameterizedTest
	@CsvSource({ "myNotes, my-notes", "my-notes, mynotes", "my_notes, my-notes", "MyNotes, MYNOTES", "notes, Notes" })
	void oneIndexWrittenInTwoWaysIsRefusedWithBothPlaces(String one, String other) {
		runner(yaml("application-prod.yml", index(other, 16)), yaml("application.yml", index(one, 8)))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("'" + one + "'")
				.hasMessageContaining("'" + other + "'")
				.hasMessageContaining("[application.yml] - 4:18")
				.hasMessageContaining("[application-prod.yml] - 4:18"));
	}

	@Test
	void oneIndexWrittenInTwoWaysInOneFileIsRefusedWithBothPlaces() {
		runner(yaml("application.yml", index("myNotes", 8) + "    my-notes:\n      dimension: 16\n"))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("[application.yml] - 4:18")
				.hasMessageContaining("[application.yml] - 6:18"));
	}

	@Test
	void argumentsThatWriteTheNameAsTheFileDoesOverrideIt() {
		runner(new SimpleCommandLinePropertySource("--snapvec.indexes.myNotes.dimension=16"),
				yaml("application.yml", index("myNotes", 8)))
			.run((context) -> assertThat(context.getBean("myNotes", SafeIndex.class).dimension()).isEqualTo(16));
	}

	@Test
	void argumentsThatWriteItInAnotherWayAreRefusedWithBothPlaces() {
		runner(new SimpleCommandLinePropertySource("--snapvec.indexes.my-notes.dimension=16"),
				yaml("application.yml", index("myNotes", 8)))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("[application.yml] - 4:18")
				.hasMessageContaining("\"snapvec.indexes.my-notes.dimension\" from property source"));
	}

	@Test
	void bracketsMakeNoSecondIndex() {
		runner(yaml("application.yml", "snapvec:\n  indexes:\n    \"[myNotes]\":\n      dimension: 8\n"))
			.run((context) -> assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("myNotes"));
		runner(yaml("application.yml", "snapvec:\n  indexes:\n    \"[myNotes]\":\n      dimension: 8\n"))
			.withInitializer(environment("SNAPVEC_INDEXES_MYNOTES_DIMENSION", "16"))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("[application.yml] - 4:18")
				.hasMessageContaining("SNAPVEC_INDEXES_MYNOTES_DIMENSION")
				.hasMessageContaining("without brackets"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "größe", "my index", "索引", "a/b", "a\\b", "..", ".", "a.b", "../other", "-notes", "_notes",
			"notes!", "con", "CON", "Nul", "com1", "LPT9", "notes.", " ", "a:b", "a*b", "ſnapvec", "ａ", "a\u0000b" })
	void whatCannotBeANameIsRefusedAsItIsWritten(String name) {
		String yaml = String.format(Locale.ROOT,
				"snapvec:\n  defaults:\n    dimension: 8\n  indexes:\n    \"[%s]\":\n      bits: 4\n",
				name.replace("\\", "\\\\").replace("\u0000", "\\0"));
		runner(yaml("application.yml", yaml)).run((context) -> {
			InvalidConfigurationPropertyValueException failure = invalid(context);
			assertThat(failure.getName()).isEqualTo("snapvec.indexes");
			assertThat(failure.getValue()).isEqualTo(name);
			assertThat(failure.getReason()).contains("letters, digits, - and _ (A to Z only)")
				.contains("[application.yml] - 6:13");
			assertThat(files()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "größe", "my index", "notes!", "索引" })
	void withoutBracketsTooItIsNotShortened(String name) {
		for (String parent : List.of("indexes", "tenants")) {
			runner(yaml("application.yml",
					String.format(Locale.ROOT, "snapvec:\n  %s:\n    %s:\n      dimension: 8\n", parent, name)))
				.run((context) -> {
					InvalidConfigurationPropertyValueException failure = invalid(context);
					assertThat(failure.getName()).isEqualTo("snapvec." + parent);
					assertThat(failure.getValue()).isEqualTo(name);
					assertThat(failure.getReason()).contains("[application.yml] - 4:18");
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "snapvec.indexes.[, [", "snapvec.indexes.[notes, [notes", "snapvec.indexes..dimension, ''",
			"snapvec.indexes.[].dimension, ''", "Snapvec.Indexes.a b.dimension, a b" })
	void aKeyThatIsBrokenIsRefusedAsItIsWritten(String key, String name) {
		runner(new MapPropertySource("broken", Map.of(key, "8"))).run((context) -> {
			InvalidConfigurationPropertyValueException failure = invalid(context);
			assertThat(failure.getValue()).isEqualTo(name);
			assertThat(failure.getReason())
				.contains(String.format(Locale.ROOT, "\"%s\" from property source \"broken\"", key));
		});
	}

	@Test
	void aNameIsAtMostAHundredCharactersLong() {
		runner(yaml("application.yml", index("n".repeat(100), 8))).run((context) -> assertThat(context).hasNotFailed());
		runner(yaml("application.yml", index("n".repeat(101), 8)))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("at most 100"));
	}

	@ParameterizedTest
	@CsvSource({ "2024, 2024", "'\"007\"', 007", "3d-models, 3d-models", "console, console", "nul-1, nul-1" })
	void aNameMayBeginWithADigit(String written, String name) {
		runner(yaml("application.yml", index(written, 8))).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(name, SafeIndex.class).dimension()).isEqualTo(8);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "on", "no", "null", "~" })
	void aWordThatYamlTakesForSomethingElseIsToBeQuoted(String word) {
		runner(yaml("application.yml", index(word, 8)))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("quotes")
				.hasMessageContaining("[application.yml] - 4:18"));
	}

	@Test
	void anIndexAndTenantsOfOneNameAreRefusedWithBothKeys() {
		runner(yaml("application.yml", index("my-notes", 8) + "  tenants:\n    myNotes:\n      dimension: 8\n"))
			.run((context) -> assertThat(invalid(context)).hasMessageContaining("snapvec.indexes.my-notes")
				.hasMessageContaining("snapvec.tenants.myNotes")
				.hasMessageContaining("[application.yml] - 4:18")
				.hasMessageContaining("[application.yml] - 7:18"));
	}

	@Test
	void whatIsAddedWhileTheApplicationRunsSharesNoDirectoryEither() {
		runner(yaml("application.yml", index("Notes", 8))).run((context) -> {
			IndexProperties properties = new IndexProperties();
			properties.setDimension(8);
			SnapvecIndexRegistry registry = context.getBean(SnapvecIndexRegistry.class);
			for (String name : List.of("Notes", "notes", "NOTES")) {
				assertThatIllegalStateException().isThrownBy(() -> registry.register(name, properties))
					.withMessageContaining("'Notes'");
			}
			registry.register("user-11", properties);
			registry.register("user1-1", properties);
			assertThat(context.getBean(SnapvecIndexes.class).names()).containsExactly("Notes", "user-11", "user1-1");
		});
	}

	private List<String> files() {
		try (var files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private ApplicationContextRunner runner(PropertySource<?>... sources) {
		return IndexRunner.withoutIndexesIn(this.directory).withInitializer((context) -> {
			for (PropertySource<?> source : sources) {
				context.getEnvironment().getPropertySources().addLast(source);
			}
		});
	}

	private static ApplicationContextInitializer<ConfigurableApplicationContext> environment(String... variables) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < variables.length; i += 2) {
			map.put(variables[i], variables[i + 1]);
		}
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		return (context) -> context.getEnvironment()
			.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, map));
	}

	private static String index(String name, int dimension) {
		return String.format(Locale.ROOT, "snapvec:\n  indexes:\n    %s:\n      dimension: %d\n", name, dimension);
	}

	private static PropertySource<?> yaml(String file, String yaml) {
		try {
			return new YamlPropertySourceLoader().load(file, new Named(file, yaml)).get(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
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

	/** Yaml that says where it is from, as a file does. */
	private static final class Named extends ByteArrayResource {

		private final String file;

		Named(String file, String yaml) {
			super(yaml.getBytes(StandardCharsets.UTF_8));
			this.file = file;
		}

		@Override
		public String getDescription() {
			return "file [" + this.file + "]";
		}

		@Override
		public InputStream getInputStream() {
			return new ByteArrayInputStream(getByteArray());
		}

	}

}
