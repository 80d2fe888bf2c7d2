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
	 * forced to disk: the rows in a directory are lost with its name.
	 */
	static void create(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		Path absolute = directory.toAbsolutePath();
		Path parent = absolute.getParent();
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

}
