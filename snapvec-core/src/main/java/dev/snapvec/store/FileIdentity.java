package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The file that a name stands for, by what the operating system calls it (its inode). A
 * file that is open can be written to, and forced, after its name was deleted or given to
 * another one; after a restart nobody would find what was written. Where the operating
 * system does not tell (Windows), only that there is a file of the name; there a file
 * that is open can be neither deleted nor renamed.
 *
 * @param path the name
 * @param key what the operating system calls the file, if it tells
 */
record FileIdentity(Path path, @Nullable Object key) {

	static FileIdentity of(Path path) throws IOException {
		return new FileIdentity(path, key(path));
	}

	private static @Nullable Object key(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	/**
	 * @throws IOException if the name stands for nothing, or for another file
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
