package dev.snapvec.spring.boot.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;
import dev.snapvec.store.IndexStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SnapshotRestorer}.
 */
class SnapshotRestorerTests {

	@TempDir
	private Path directory;

	@BeforeEach
	void saveTwice() {
		try (IndexStore store = IndexStore.open(this.directory.resolve("products"), 3)) {
			SafeIndex index = new SafeIndex("products",
					SnapIndex.builder(8).seed(7).attribute("model", "small").build());
			IndexRunner.add(index, 3);
			store.save(index);
			index.add("newer", IndexRunner.vector(9));
			store.save(index);
		}
	}

	private ApplicationContextRunner runner() {
		return IndexRunner.in(this.directory).withPropertyValues("snapvec.indexes.products.seed=7");
	}

	private void damage(int number) throws IOException {
		Path file = this.directory.resolve(String.format(Locale.ROOT, "products/snapshot-%010d.snapvec", number));
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
	}

	private List<String> files(String glob) throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.matches(glob))
				.sorted()
				.toList();
		}
	}

	@Test
	void aDamagedSnapshotFailsTheStartByDefault() throws IOException {
		damage(2);
		runner().withBean(IndexPopulator.class, () -> IndexRunner.populator(1))
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(CorruptSnapshotException.class)
				.hasMessageContaining("index 'products' cannot be restored")
				.hasMessageContaining("snapshot-0000000002.snapvec"));
		assertThat(files("snapshot-.*")).containsExactly("snapshot-0000000001.snapvec", "snapshot-0000000002.snapvec");
	}

	@ParameterizedTest
	@CsvSource({ "fail, false", "fail, true", "previous, false", "previous, true" })
	void aRestoreThatFailedWritesNothingOverWhatIsThere(String onFailure, boolean logs) throws IOException {
		damage(1);
		damage(2);
		Map<String, String> before = contents();
		runner()
			.withPropertyValues("snapvec.defaults.restore.on-failure=" + onFailure,
					"snapvec.defaults.write-ahead-log.enabled=" + logs, "snapvec.defaults.snapshot.interval=1ms",
					"snapvec.defaults.snapshot.retain=1")
			.withBean(IndexPopulator.class, () -> IndexRunner.populator(1))
			.run((context) -> assertThat(context).hasFailed());
		assertThat(contents()).isEqualTo(before).hasSize(2);
	}

	private Map<String, String> contents() throws IOException {
		Map<String, String> contents = new HashMap<>();
		for (String file : files("snapshot-.*|mutations-.*")) {
			contents.put(file,
					HexFormat.of().formatHex(Files.readAllBytes(this.directory.resolve("products").resolve(file))));
		}
		return contents;
	}

	@Test
	void previousRestoresTheNewestSoundSnapshot() throws IOException {
		damage(2);
		runner().withPropertyValues("snapvec.defaults.restore.on-failure=previous").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.size()).isEqualTo(3);
			assertThat(index.contains("newer")).isFalse();
		});
		assertThat(files("snapshot-.*")).containsExactly("snapshot-0000000001.snapvec",
				"snapshot-0000000002.snapvec.corrupt");
	}

	@Test
	void previousDoesNotStartWithoutASoundSnapshotNowOrLater() throws IOException {
		damage(1);
		damage(2);
		for (int run = 0; run < 2; run++) {
			runner().withPropertyValues("snapvec.defaults.restore.on-failure=previous")
				.withBean(IndexPopulator.class, () -> IndexRunner.populator(1))
				.run((context) -> assertThat(context).getFailure()
					.cause()
					.isInstanceOf(CorruptSnapshotException.class)
					.hasMessageContaining("index 'products' cannot be restored")
					.hasMessageContaining("snapshot-0000000002.snapvec is not a valid index file"));
		}
		runner().run((context) -> assertThat(context).as("with the default").hasFailed());
		assertThat(files("snapshot-.*")).hasSize(2).allMatch((file) -> file.endsWith(".snapvec"));
	}

	@Test
	void emptyStartsAnewAndKeepsAllFilesWhateverIsSavedAfter() throws IOException {
		damage(2);
		for (int run = 0; run < 3; run++) {
			int row = run;
			runner()
				.withPropertyValues("snapvec.defaults.restore.on-failure=empty", "snapvec.defaults.snapshot.retain=1")
				.withBean(IndexPopulator.class, () -> IndexRunner.populator(1))
				.run((context) -> {
					SafeIndex index = context.getBean(SafeIndex.class);
					assertThat(index.size()).isEqualTo(1 + row);
					index.add("run" + row, IndexRunner.vector(row + 20));
				});
		}
		assertThat(files("set-aside-.*")).hasSize(1);
		assertThat(files("snapshot-.*")).as("those aside and the last").hasSize(3);
	}

	@ParameterizedTest
	@CsvSource({ "dimension, 16, 8", "bits, 2, 4", "use-prod, true, false", "model, large, small", "seed, 8, 7",
			"normalized, true, false" })
	void aSnapshotOfAnotherConfigurationIsRefused(String key, String configured, String found) throws IOException {
		runner()
			.withPropertyValues("snapvec.indexes.products." + key + "=" + configured,
					"snapvec.indexes.products.restore.on-failure=empty")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(SnapshotMismatchException.class)
				.hasMessageContaining(
						"snapshot-0000000002.snapvec does not match the configuration of index 'products'")
				.hasMessageContaining("snapvec.indexes.products.%s is %s, the snapshot has %s", key, configured,
						found));
		assertThat(files("snapshot-.*")).hasSize(2);
	}

	@Test
	void allDifferencesAreNamedAtOnce() {
		runner().withPropertyValues("snapvec.indexes.products.bits=3", "snapvec.indexes.products.seed=1")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.hasMessageContaining("products.seed is 1, the snapshot has 7; snapvec.indexes.products.bits is 3"));
	}

	@Test
	void aModelThatTheSnapshotDoesNotNameIsNotedFromThenOn() throws IOException {
		try (IndexStore store = IndexStore.open(this.directory.resolve("products"), 3)) {
			SafeIndex index = new SafeIndex("products", SnapIndex.builder(8).seed(7).build());
			IndexRunner.add(index, 1);
			store.save(index);
		}
		runner().withPropertyValues("snapvec.indexes.products.model=large").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			assertThat(index.index().attributes()).containsEntry("model", "large");
			index.delete("id0");
		});
		runner().withPropertyValues("snapvec.indexes.products.model=small")
			.run((context) -> assertThat(context).getFailure().cause().hasMessageContaining("the snapshot has large"));
	}

	@Test
	void similarityIsWhatIsConfiguredNow() {
		runner().withPropertyValues("snapvec.indexes.products.similarity=dot-product").run((context) -> {
			SafeIndex index = context.getBean(SafeIndex.class);
			float[] query = IndexRunner.vector(1);
			double length = 0;
			for (float value : query) {
				length += value * value;
			}
			assertThat(index.search(query, 1).get(0).score()).isGreaterThan((float) Math.sqrt(length) * 0.8f);
		});
	}

}
