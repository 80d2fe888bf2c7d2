package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.snapvec.internal.file.Disk;

/**
 * Creates directories that survive a power loss.
 */
final class NewDirectory {

	private NewDirectory() {
	}

	/**
	 * Creates a directory and its missing parents. New directories are forced to disk,
	 * because the files in a directory are lost with its name. An existing directory may
	 * have been created by a process that ended before it was forced, unless it has a
	 * lock file, which is created afterwards.
	 */
	static void create(Path directory) throws IOException {
		Path absolute = directory.toAbsolutePath();
		Path parent = absolute.getParent();
		if (Files.isDirectory(absolute)) {
			if (parent != null && Files.notExists(absolute.resolve(LockFile.NAME))) {
				forceIfPossible(parent);
			}
			return;
		}
		if (parent != null) {
			create(parent);
		}
		try {
			Files.createDirectory(absolute);
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(absolute)) {
				throw ex;
			}
		}
		if (parent != null) {
			Disk.current().forceDirectory(parent);
		}
	}

	/** Some file systems cannot force directories, for example read-only ones. */
	private static void forceIfPossible(Path directory) {
		try {
			Disk.current().forceDirectory(directory);
		}
		catch (IOException ex) {
			// it was created by somebody else, and may be on disk or not
			return;
		}
	}

}
