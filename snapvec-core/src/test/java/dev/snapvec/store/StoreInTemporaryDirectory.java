package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The directory of the store that a test is about, which does not exist at first, and
 * what a restart would make of it.
 */
abstract class StoreInTemporaryDirectory {

	@TempDir
	Path temporary;

	Path directory;

	private int copies;

	@BeforeEach
	void nameDirectory() {
		this.directory = this.temporary.resolve("store");
	}

	/** Where a copy can be made. */
	final Path copy() {
		return this.temporary.resolve("copy-" + this.copies++);
	}

	/** What the directory would give if its writer were killed now. */
	final Map<String, List<String>> ifKilled() throws IOException {
		return StoreFixture.contentsIfKilled(this.directory, copy());
	}

	final void deleteDirectory() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
