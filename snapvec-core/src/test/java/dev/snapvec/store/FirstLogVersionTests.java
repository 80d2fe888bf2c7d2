package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory written before logs had version 2: three snapshots, and three logs of
 * version 1, the last of them continued in place by a second writer, and torn.
 */
class FirstLogVersionTests {

	@TempDir
	Path temporary;

	private Path directory;

	private Map<String, List<String>> expected;

	@BeforeEach
	void copyTheDirectory() throws IOException {
		this.directory = this.temporary.resolve("store");
		StoreFixture.copy(Path.of("src/test/resources/store-log-version-1"), this.directory);
		SafeIndex index = newIndex();
		index.addAll(List.of("row-2", "row-3", "row-4", "größe", "row-7", "row-8"),
				new float[][] { vector(20), vector(3), vector(4), vector(21), vector(7), vector(8) });
		index.attribute("model", "first");
		this.expected = contents(index);
	}

	@Test
	void itIsRestoredFromEachOfItsSnapshots() throws IOException {
		for (int number = 3; number >= 1; number--) {
			assertThat(contentsIfKilled(this.directory, this.temporary.resolve("copy-" + number)))
				.as("from snapshot %d", number)
				.isEqualTo(this.expected);
			Files.delete(new StoreFiles(this.directory).snapshot(number));
		}
	}

	@Test
	void itIsVerified() {
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(report.isSound()).isTrue();
		assertThat(report.logs().get(0).tornBytes()).isPositive();
		assertThat(report.restore().rows()).isEqualTo(6);
	}

	@Test
	void itIsContinuedByALogOfTheNewVersion() throws IOException {
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> index.local().restore(found.index()));
			store.log(index, LogSync.always());
			index.add("more", vector(30));
			assertThat(contentsIfKilled(this.directory, this.temporary.resolve("copy"))).isEqualTo(contents(index))
				.containsKeys("more", "größe")
				.hasSize(8);
		}
	}

}
