package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The identity of the file behind a name: its file key (inode). An open file can be
 * written to and forced to disk after its name was deleted or given to another file;
 * after a restart nobody would find what was written. Without file keys (Windows), only
 * the existence of the name is checked; there, an open file can be neither deleted nor
 * renamed.
 *
 * @param path the name
 * @param key the file key, or null if the operating system has none
 */
record FileIdentity(Path path, @Nullable Object key) {

	static FileIdentity of(Path path) throws IOException {
		return new FileIdentity(path, key(path));
	}

	private static @Nullable Object key(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	/**
	 * @throws IOException if the name is gone, or names another file
	 */
	void require() throws IOException {
		Object found;
		try {
			found = key(this.path);
		}
		catch (NoSuchFileException ex) {
			throw new IOException(this.path + " was deleted while it was written to", ex);
		}
		if (!Objects.equals(this.key, found)) {
			throw new IOException(this.path + " was replaced by another file while it was written to");
		}
	}

}
