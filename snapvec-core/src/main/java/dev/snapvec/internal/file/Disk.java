package dev.snapvec.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What is done to a disk to make something durable, one method an operation, so that
 * tests can have each of them fail. Thread-safe.
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

	FileChannel create(Path path) throws IOException {
		return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
	}

	void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

	void force(Path path, FileChannel channel) throws IOException {
		channel.force(true);
	}

	void replace(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Makes a directory's new entries last; where directories cannot be opened (Windows)
	 * they do already.
	 */
	public void forceDirectory(Path directory) throws IOException {
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

	public void delete(Path path) throws IOException {
		Files.deleteIfExists(path);
	}

	/** Opens a file, or makes it, to read and write what interrupts do not close. */
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

}
