package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Replaces a file whole or not at all: a unique temporary file in the same directory is
 * written and forced to disk, moved over the old file in one step, and the directory is
 * forced. Whatever fails, the old file stays and the temporary one goes.
 */
public final class AtomicFile {

	/** How temporary files end, and nothing else; a crash can leave one behind. */
	private static final String TEMPORARY = ".snapvec-tmp";

	private AtomicFile() {
	}

	/** Writes the content of a file. */
	@FunctionalInterface
	public interface Content {

		/**
		 * @param sink takes the content; the checksum is added behind it
		 * @throws IOException if writing fails
		 */
		void writeTo(FileSink sink) throws IOException;

	}

	/**
	 * @param path the file to make or replace
	 * @param content what it will hold
	 * @throws IOException if that failed; the file is then as it was
	 */
	public static void write(Path path, Content content) throws IOException {
		Path target = path.toAbsolutePath();
		Path directory = target.getParent();
		if (directory == null || target.getFileName() == null) {
			throw new IOException("not a file name");
		}
		Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
		Disk disk = Disk.current();
		try {
			try (FileChannel channel = disk.create(temporary)) {
				FileSink sink = new FileSink(channel);
				content.writeTo(sink);
				sink.finish();
				disk.force(temporary, channel);
			}
			disk.replace(temporary, target);
		}
		catch (IOException | RuntimeException | Error ex) {
			deleteQuietly(temporary, ex);
			throw ex;
		}
		disk.forceDirectory(directory);
	}

	private static void deleteQuietly(Path temporary, Throwable cause) {
		try {
			Disk.current().delete(temporary);
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
		}
	}

}
