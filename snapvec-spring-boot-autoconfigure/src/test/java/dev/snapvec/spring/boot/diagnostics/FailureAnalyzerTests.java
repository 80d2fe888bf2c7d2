package dev.snapvec.spring.boot.diagnostics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for what an application that does not start says about it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzerTests {

	@TempDir
	private Path directory;

	@Test
	void aDamagedSnapshotIsExplained(CapturedOutput output) throws IOException {
		try (IndexStore store = open()) {
			Snapshot snapshot = store.save(new SafeIndex("products", SnapIndex.builder(8).build()));
			Files.write(snapshot.path(), new byte[100]);
		}
		fail();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("index 'products' cannot be restored: ")
			.contains("snapshot-0000000001.snapvec")
			.contains("set snapvec.indexes.products.restore.on-failure to \"previous\"");
	}

	@Test
	void whatIsSetAlreadyIsNotSuggestedAgain(CapturedOutput output) throws IOException {
		try (IndexStore store = open()) {
			Snapshot snapshot = store.save(new SafeIndex("products", SnapIndex.builder(8).build()));
			Files.write(snapshot.path(), new byte[100]);
		}
		fail("--snapvec.indexes.products.restore.on-failure=previous");
		assertThat(output).contains("index 'products' cannot be restored: ")
			.contains("set snapvec.indexes.products.restore.on-failure to \"empty\"")
			.doesNotContain("to \"previous\"");
	}

	@Test
	void aSnapshotOfAnotherConfigurationIsExplained(CapturedOutput output) {
		try (IndexStore store = open()) {
			store.save(new SafeIndex("products", SnapIndex.builder(16).build()));
		}
		fail();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("snapvec.indexes.products.dimension is 8, the snapshot has 16")
			.contains("If the configuration changed by mistake, change it back.")
			.contains("move " + this.directory.resolve("products") + " away");
	}

	@ParameterizedTest
	@CsvSource({ "type, residual, residual, snap", "seed, 7, 7, 0", "model, large, large, small" })
	void aSnapshotOfAnotherTypeSeedOrModelIsExplained(String key, String value, String expected, String found,
			CapturedOutput output) {
		try (IndexStore store = open()) {
			store.save(new SafeIndex("products", SnapIndex.builder(8).attribute("model", "small").build()));
		}
		fail("--snapvec.indexes.products." + key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("snapshot-0000000001.snapvec does not match the configuration of index 'products': ")
			.contains(String.format(Locale.ROOT, "snapvec.indexes.products.%s is %s, the snapshot has %s", key,
					expected, found))
			.contains("If the configuration changed by mistake, change it back.");
	}

	@ParameterizedTest
	@CsvSource({ "rht, true, opq, true", "snapshot.interval, 1m, snapshot.cron, 0 0 * * * *" })
	void propertiesThatExcludeEachOtherAreExplained(String key, String value, String other, String otherValue,
			CapturedOutput output) {
		String prefix = "snapvec.indexes.products.";
		fail("--" + prefix + "type=pq", "--" + prefix + "subspaces=4", "--" + prefix + key + "=" + value,
				"--" + prefix + other + "=" + otherValue);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The following configuration properties are mutually exclusive:")
			.contains(prefix + key)
			.contains(prefix + other)
			.contains("only one of the mutually exclusive properties is configured");
	}

	@Test
	void aPropertyOfAnotherTypeIsExplained(CapturedOutput output) {
		fail("--snapvec.indexes.products.nprobe=4");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '4' for configuration property 'snapvec.indexes.products.nprobe'")
			.contains("An index of type snap does not have this property; in addition to the properties of all types,"
					+ " it has bits, use-prod.");
	}

	@Test
	void aDirectoryThatCannotBeWrittenToIsExplained(CapturedOutput output) throws IOException {
		Path products = Files.createDirectory(this.directory.resolve("products"));
		assumeThat(products.toFile().setWritable(false) && !Files.isWritable(products))
			.as("a user whom permissions keep out")
			.isTrue();
		fail();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("the directory of index 'products' is not usable: ")
			.contains("check that it is a directory and that the process may write there");
	}

	@Test
	void aLockedDirectoryIsExplained(CapturedOutput output) {
		IndexStore store = open();
		fail();
		store.close();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(this.directory.resolve("products") + " is in use by another writer: this process")
			.contains("If an earlier run of the application is still alive, stop it.")
			.contains("close the other context, or set snapvec.in-memory to true.");
	}

	@Test
	void anUnusableDirectoryIsExplained(CapturedOutput output) throws IOException {
		Files.writeString(this.directory.resolve("products"), "a file");
		fail();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("a file of that name exists: ")
			.contains("the directory of index 'products' is not usable: ")
			.contains("check that it is a directory and that the process may write there");
	}

	@Test
	void aWrongValueIsExplained(CapturedOutput output) {
		fail("--snapvec.indexes.products.bits=5");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value '5' for configuration property 'snapvec.indexes.products.bits'")
			.contains("bits must be 2, 3 or 4, but was 5.");
	}

	@Test
	void aValueOfTheWrongTypeIsExplained(CapturedOutput output) {
		fail("--snapvec.indexes.products.type=faiss");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("snapvec.indexes.products.type")
			.contains("Invalid value 'faiss'")
			.contains("one of snap, residual, pq, ivf-pq");
	}

	@ParameterizedTest
	@CsvSource({ "snapvec.indexes.products.dimensions, snapvec.indexes.products.dimension",
			"snapvec.indexes.products.restore.on-failre, snapvec.indexes.products.restore.on-failure",
			"snapvec.indexes.products.nlists, snapvec.indexes.products.nlist",
			"snapvec.defaults.bit, snapvec.defaults.bits",
			"snapvec.tenants.documents.maximum-opne, snapvec.tenants.documents.maximum-open" })
	void aPropertyThatIndexesDoNotHaveIsExplainedByOneThatTheyHave(String key, String meant, CapturedOutput output) {
		fail("--" + key + "=3");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: " + key)
			.contains("Value: \"3\"")
			.contains("Did you mean " + meant + "?")
			.contains("An index can have: bits, cache.enabled, ");
	}

	@ParameterizedTest
	@CsvSource({ "snapvec.directry, snapvec.directory", "snapvec.indexs.products.bits, snapvec.indexes",
			"snapvec.default.bits, snapvec.defaults", "snapvec.metrics.enable, snapvec.metrics.enabled" })
	void aPropertyThatThereIsNotIsExplainedByOneThatThereIs(String key, String meant, CapturedOutput output) {
		fail("--" + key + "=3");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: " + key)
			.contains("Reason: snapvec has no such property")
			.contains("Did you mean " + meant + "?")
			.contains("Snapvec can have: defaults, directory, enabled, in-memory, indexes, metrics.enabled, ");
	}

	@Test
	void aPropertyThatIsLikeNoneIsExplainedByAllThereAre(CapturedOutput output) {
		fail("--snapvec.indexes.products.colour=blue");
		assertThat(output).contains("Property: snapvec.indexes.products.colour")
			.doesNotContain("Did you mean")
			.contains("An index can have: ");
	}

	@Test
	void aSnapshotOfANewerVersionIsExplained(CapturedOutput output) throws IOException {
		try (IndexStore store = open()) {
			Snapshot snapshot = store.save(new SafeIndex("products", SnapIndex.builder(8).build()));
			byte[] bytes = Files.readAllBytes(snapshot.path());
			bytes[4] = 99;
			CRC32 checksum = new CRC32();
			checksum.update(bytes, 0, bytes.length - 4);
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) checksum.getValue());
			Files.write(snapshot.path(), bytes);
		}
		fail();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("99")
			.contains("run the application with that version");
	}

	@Test
	void aPopulatorThatFailsIsExplained(CapturedOutput output) {
		fail("--snapvec.indexes.products.type=pq", "--populate=true");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("populator 'populator' of index 'products' adds rows before the index is trained")
			.contains("Return some of the vectors from the trainingSample method of bean 'populator'");
	}

	@Test
	void aNameThatAnotherBeanHasIsExplained(CapturedOutput output) {
		fail("--snapvec.indexes.clock.dimension=8");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Invalid value 'clock' for configuration property 'snapvec.indexes'")
			.containsPattern("a bean of this name is defined in .*Application; rename the index, or the class");
	}

	private IndexStore open() {
		return IndexStore.open(this.directory.resolve("products"), 3);
	}

	private void fail(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] all = new String[arguments.length + 2];
		all[0] = "--snapvec.directory=" + this.directory;
		all[1] = "--snapvec.indexes.products.dimension=8";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		assertThatException().isThrownBy(() -> application.run(all));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

		@Bean
		@ConditionalOnBooleanProperty("populate")
		IndexPopulator populator() {
			return IndexRunner.populator(3);
		}

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

	}

}
