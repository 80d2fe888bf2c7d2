package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The operations that make files durable, one per method, so that tests can let each of
 * them fail, or lose what was not forced to disk. Interrupts do not end an operation; the
 * thread's interrupt status is kept. Thread-safe.
 */
public class Disk {

	private static volatile Disk current = new Disk();

	Disk() {
	}

	/**
	 * @return the disk in use
	 */
	public static Disk current() {
		return current;
	}

	/** For tests. */
	static void use(Disk disk) {
		current = disk;
	}

	/** Creates a new file and opens it. */
	RandomAccessFile create(Path path) throws IOException {
		Files.createFile(path);
		return new RandomAccessFile(path.toFile(), "rw");
	}

	/** Opens an existing file. */
	public RandomAccessFile open(Path path) throws IOException {
		return new RandomAccessFile(path.toFile(), "rw");
	}

	public void write(RandomAccessFile file, long at, byte[] bytes, int count) throws IOException {
		file.seek(at);
		file.write(bytes, 0, count);
	}

	public void force(RandomAccessFile file) throws IOException {
		file.getFD().sync();
	}

	public void truncate(RandomAccessFile file, long length) throws IOException {
		file.setLength(length);
	}

	/** Renames a file atomically to a name that another file may have. */
	void replace(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Renames a file to an unused name. */
	public void rename(Path from, Path to) throws IOException {
		Files.move(from, to);
	}

	public void delete(Path path) throws IOException {
		Files.deleteIfExists(path);
	}

	/** Creates a new directory with a unique name. */
	public Path createDirectory(Path parent, String prefix) throws IOException {
		return Files.createTempDirectory(parent, prefix);
	}

	/**
	 * Forces the entries of a directory to disk. Where directories cannot be opened
	 * (Windows), nothing needs to be done.
	 */
	public void forceDirectory(Path directory) throws IOException {
		boolean interrupted = false;
		try {
			while (true) {
				try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
					channel.force(true);
					return;
				}
				catch (ClosedByInterruptException ex) {
					// clear the interrupt status, or the next channel would be closed too
					interrupted |= Thread.interrupted();
				}
				catch (AccessDeniedException ex) {
					return;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
