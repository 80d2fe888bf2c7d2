package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.snapvec.IndexIoException;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Directories that a store makes.
 */
class NewDirectoryTests {

	@TempDir
	Path temporary;

	@Test
	void whateverIsMadeIsForcedToDisk() {
		for (int operation = 2; operation <= 4; operation++) {
			Path directory = this.temporary.resolve(operation + "/parent/store");
			try (FaultyDisk disk = FaultyDisk.failing(operation, false)) {
				assertThatThrownBy(() -> IndexStore.open(directory, 1)).isInstanceOf(IndexIoException.class)
					.hasMessageContaining("force directory");
				assertThat(disk.failed()).isPresent();
			}
		}
	}

	@Test
	void whatIsThereIsNotForcedAgain() {
		IndexStore.open(this.temporary.resolve("a/store"), 1).close();
		try (FaultyDisk disk = FaultyDisk.failing(1, true)) {
			IndexStore.open(this.temporary.resolve("a/store"), 1).close();
			assertThat(disk.failed()).isEmpty();
		}
	}

	@Test
	void whatAnotherProcessMadeAndDidNotLiveToForceIsForced() throws IOException {
		Path parent = Files.createDirectory(this.temporary.resolve("parent"));
		List<String> forced = new ArrayList<>();
		for (String made : List.of("parent/store", "parent")) {
			Path directory = this.temporary.resolve(made);
			Files.createDirectories(directory);
			try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false)) {
				disk.before("force directory", () -> forced.add(made));
				IndexStore.open(directory, 1).close();
				IndexStore.open(directory, 1).close();
			}
		}
		assertThat(forced).containsExactly("parent/store", "parent");
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false)) {
			disk.fail("force directory");
			IndexStore.open(Files.createDirectory(parent.resolve("other")), 1).close();
			assertThat(disk.failed()).contains("force directory");
		}
	}

	@Test
	void aFileInItsPlaceIsLeftThere() throws IOException {
		Path file = Files.writeString(this.temporary.resolve("file"), "mine");
		assertThatThrownBy(() -> NewDirectory.create(file)).isInstanceOf(FileAlreadyExistsException.class);
		assertThatThrownBy(() -> IndexStore.open(file.resolve("store"), 1)).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(file.toString());
		assertThat(file).hasContent("mine");
	}

}
