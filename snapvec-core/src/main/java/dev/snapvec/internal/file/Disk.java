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
 * What is done to a disk to make something durable, one method an operation, so that
 * tests can have each of them fail, or lose what was not forced. No operation is cut
 * short by an interrupt: it keeps the thread's flag. Thread-safe.
 */
public class Disk {

	private static volatile Disk current = new Disk();

	Disk() {
	}

	/**
	 * @return the disk that everything is written to
	 */
	public static Disk current() {
		return current;
	}

	/** For tests. */
	static void use(Disk disk) {
		current = disk;
	}

	/** Makes a file that is not there yet, and opens it. */
	RandomAccessFile create(Path path) throws IOException {
		Files.createFile(path);
		return new RandomAccessFile(path.toFile(), "rw");
	}

	/** Opens a file that is there. */
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

	/** Renames a file, in one step, to a name that another file may have. */
	void replace(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Renames a file to a name that nothing has. */
	public void rename(Path from, Path to) throws IOException {
		Files.move(from, to);
	}

	public void delete(Path path) throws IOException {
		Files.deleteIfExists(path);
	}

	/** Makes a new directory with a name of its own. */
	public Path createDirectory(Path parent, String prefix) throws IOException {
		return Files.createTempDirectory(parent, prefix);
	}

	/**
	 * Makes a directory's new entries last; where directories cannot be opened (Windows)
	 * they do already.
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
					// the flag has to go, or the next channel would be closed too
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
