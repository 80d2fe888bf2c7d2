package dev.snapvec.spring.boot.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contents of a directory, in which every write changes a name, a length or a time.
 *
 * @param files one line per file
 */
record DirectoryContents(List<String> files) {

	static final DirectoryContents NONE = new DirectoryContents(List.of());

	static DirectoryContents of(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return new DirectoryContents(files.map(Path::toFile)
				.filter((file) -> !file.getName().startsWith("."))
				.map((file) -> file.getName() + " " + file.length() + " " + file.lastModified())
				.sorted()
				.toList());
		}
		catch (IOException | UncheckedIOException ex) {
			return NONE;
		}
	}

}
