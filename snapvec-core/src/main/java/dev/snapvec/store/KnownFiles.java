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
 * The snapshots and segments of a directory as its writer left them. If the lock file is
 * gone, and with it the name of anyone who opened the directory since, unknown files
 * reveal another writer. Guarded by the lock of a store.
 */
final class KnownFiles {

	private final StoreFiles files;

	private Map<Path, Object> known = Map.of();

	KnownFiles(StoreFiles files) {
		this.files = files;
	}

	/** Takes all present files as the writer's own. */
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
	 * @param begun the highest number of files that this writer may have started since
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
