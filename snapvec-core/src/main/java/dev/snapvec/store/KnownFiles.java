package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The snapshots and logs of a directory as its writer left them. Where the lock file is
 * gone, and with it the name of whoever opened the directory since, files that are not
 * among them tell that somebody has. Confined to the lock of a store.
 */
final class KnownFiles {

	private final StoreFiles files;

	private Map<Path, Object> known = Map.of();

	KnownFiles(StoreFiles files) {
		this.files = files;
	}

	/** Takes all that is there for the writer's own. */
	void update() throws IOException {
		Map<Path, Object> found = new HashMap<>();
		for (StoreName name : this.files.names()) {
			Object identity = identity(name.path());
			if (identity != null) {
				found.put(name.path(), identity);
			}
		}
		this.known = found;
	}

	/**
	 * @param begun up to which number files may have been begun since
	 */
	boolean hasOthers(long begun) throws IOException {
		for (StoreName name : this.files.names()) {
			Object identity = identity(name.path());
			Object before = this.known.get(name.path());
			if (identity != null && !Objects.equals(before, identity) && (before != null || name.number() > begun)) {
				return true;
			}
		}
		return false;
	}

	/** Null if it was deleted. */
	private static @Nullable Object identity(Path path) throws IOException {
		try {
			BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
			return (file.fileKey() != null) ? file.fileKey() : file.creationTime();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

}
