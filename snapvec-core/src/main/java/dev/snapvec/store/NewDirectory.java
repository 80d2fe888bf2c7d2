package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.snapvec.internal.file.Disk;

/**
 * Makes directories that a loss of power does not take back.
 */
final class NewDirectory {

	private NewDirectory() {
	}

	/**
	 * Makes a directory, and the parents it needs, unless it is there. What is made is
	 * forced to disk: the rows in a directory are lost with its name. What is there may
	 * have been made by a process that did not live to force it, unless it has a lock
	 * file, which comes afterwards.
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

	/** Some file systems cannot force directories, as those that are read only. */
	private static void forceIfPossible(Path directory) {
		try {
			Disk.current().forceDirectory(directory);
		}
		catch (IOException ex) {
			// it was made by somebody else, who may have forced it or not
			return;
		}
	}

}
