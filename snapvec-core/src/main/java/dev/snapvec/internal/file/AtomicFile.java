package dev.snapvec.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces a file whole or not at all: a unique temporary file in the same directory is
 * written and forced to disk, moved over the old file in one step, and the directory is
 * forced. Whatever fails, the old file stays and the temporary one goes.
 */
public final class AtomicFile {

	/** How temporary files end; a crash can leave one behind. */
	public static final String TEMPORARY = ".tmp";

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
		try {
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE)) {
				FileSink sink = new FileSink(channel);
				content.writeTo(sink);
				sink.finish();
				channel.force(true);
			}
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException | RuntimeException | Error ex) {
			deleteQuietly(temporary, ex);
			throw ex;
		}
		force(directory);
	}

	private static void deleteQuietly(Path temporary, Throwable cause) {
		try {
			Files.deleteIfExists(temporary);
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Makes the directory's new entry last; where directories cannot be opened (Windows)
	 * it does already.
	 */
	private static void force(Path directory) throws IOException {
		FileChannel channel;
		try {
			channel = FileChannel.open(directory, StandardOpenOption.READ);
		}
		catch (IOException ex) {
			return;
		}
		try (channel) {
			channel.force(true);
		}
	}

}
