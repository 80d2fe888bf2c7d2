package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/**
 * Replaces a file atomically: a unique temporary file in the same directory is written
 * and forced to disk, moved over the old file in one step, and then the directory is
 * forced to disk. If anything fails before the move, the old file stays and the temporary
 * one is deleted. Interrupts are ignored: nobody could tell whether one came before or
 * after the move.
 */
public final class AtomicFile {

	/** Suffix of temporary files, and of no other files; a crash can leave one behind. */
	private static final String TEMPORARY = ".snapvec-tmp";

	private AtomicFile() {
	}

	/** Writes the content of an index file. */
	@FunctionalInterface
	public interface Content {

		/**
		 * @param sink receives the content; the checksum is appended
		 * @throws IOException if writing fails
		 */
		void writeTo(FileSink sink) throws IOException;

	}

	/** Writes the content of any file. */
	@FunctionalInterface
	public interface Bytes {

		/**
		 * @param channel receives the content; blocking, from arrays
		 * @throws IOException if writing fails
		 */
		void writeTo(WritableByteChannel channel) throws IOException;

	}

	/**
	 * Last check before the replacement, when the content is on disk under the temporary
	 * name.
	 */
	@FunctionalInterface
	public interface Guard {

		Guard NONE = () -> {
		};

		/**
		 * @throws IOException if the file must not be replaced
		 */
		void check() throws IOException;

	}

	/**
	 * @param path the index file to create or replace
	 * @param content its content
	 * @param guard runs before the file is replaced
	 * @throws IOException if it failed; the file is unchanged then, unless the message
	 * says that it was replaced
	 */
	public static void write(Path path, Content content, Guard guard) throws IOException {
		writeBytes(path, (channel) -> {
			FileSink sink = new FileSink(channel);
			content.writeTo(sink);
			sink.finish();
		}, guard);
	}

	/**
	 * @param path the file to create or replace
	 * @param content its content
	 * @param guard runs before the file is replaced
	 * @throws IOException as for an index file
	 */
	public static void writeBytes(Path path, Bytes content, Guard guard) throws IOException {
		Path target = path.toAbsolutePath();
		Path directory = target.getParent();
		if (directory == null || target.getFileName() == null) {
			throw new IOException("not a file name");
		}
		Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
		Disk disk = Disk.current();
		try {
			try (Output output = new Output(disk, disk.create(temporary))) {
				content.writeTo(output);
				disk.force(output.file);
			}
			guard.check();
			disk.replace(temporary, target);
		}
		catch (IOException | RuntimeException | Error ex) {
			deleteQuietly(temporary, ex);
			throw ex;
		}
		try {
			disk.forceDirectory(directory);
		}
		catch (IOException ex) {
			throw new IOException(String.format(Locale.ROOT,
					"its directory could not be forced to disk, so a power loss could undo that"
							+ " %s was written: %s",
					target.getFileName(), Reason.of(ex)), ex);
		}
	}

	private static void deleteQuietly(Path temporary, Throwable cause) {
		try {
			Disk.current().delete(temporary);
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
		}
	}

	/** Writes a file from its start, ignoring interrupts. */
	private static final class Output implements WritableByteChannel {

		private final Disk disk;

		private final RandomAccessFile file;

		private long position;

		private boolean open = true;

		private Output(Disk disk, RandomAccessFile file) {
			this.disk = disk;
			this.file = file;
		}

		@Override
		public int write(ByteBuffer bytes) throws IOException {
			int count = bytes.remaining();
			byte[] array = bytes.array();
			if (bytes.arrayOffset() + bytes.position() > 0) {
				array = new byte[count];
				bytes.duplicate().get(array);
			}
			this.disk.write(this.file, this.position, array, count);
			this.position += count;
			bytes.position(bytes.limit());
			return count;
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		public void close() throws IOException {
			this.open = false;
			this.file.close();
		}

	}

}
