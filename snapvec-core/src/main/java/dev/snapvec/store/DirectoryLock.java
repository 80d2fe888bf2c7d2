package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.snapvec.StoreLockedException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one writer of a directory: a lock the operating system holds on a file in it, and
 * gives up when the process ends, however it ends. The file says who holds the lock.
 */
final class DirectoryLock implements Closeable {

	private static final String FILE = ".lock";

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * Directories this process holds. Asking the operating system would not do: it lets
	 * go of a process's lock when that process closes any channel to the file.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private FileChannel channel;

	/** What the operating system calls the file, if it does. */
	private @Nullable Object key;

	private DirectoryLock(Path directory) throws IOException {
		this.directory = directory;
		this.channel = lock(directory);
		this.key = key();
	}

	private @Nullable Object key() throws IOException {
		return Files.readAttributes(this.directory.resolve(FILE), BasicFileAttributes.class).fileKey();
	}

	/**
	 * Makes sure of the lock: who deletes the directory deletes the lock with it, and in
	 * a directory that was made again another writer may be.
	 * @throws StoreLockedException if another writer has the directory
	 * @throws IllegalStateException if this is closed
	 */
	void ensure() throws IOException {
		if (!this.channel.isOpen()) {
			throw new IllegalStateException(String.format(Locale.ROOT, "the store of %s is closed", this.directory));
		}
		try {
			if (Objects.equals(this.key, key())) {
				return;
			}
		}
		catch (NoSuchFileException ex) {
			// so it is to be made again
		}
		FileChannel lost = this.channel;
		this.channel = lock(this.directory);
		this.key = key();
		lost.close();
	}

	/**
	 * @param directory the directory
	 * @param patience how long to try, if another writer has it
	 */
	static DirectoryLock acquire(Path directory, Duration patience) throws IOException {
		long deadline = System.nanoTime() + patience.toNanos();
		for (long pause = FIRST_PAUSE;; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
			try {
				return acquire(directory);
			}
			catch (StoreLockedException ex) {
				long left = deadline - System.nanoTime();
				if (left <= 0 || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
				LockSupport.parkNanos(Math.min(pause, left));
			}
		}
	}

	private static DirectoryLock acquire(Path directory) throws IOException {
		Path real = directory.toRealPath();
		if (!HELD.add(real)) {
			throw inUse(directory, "this process, which is " + self());
		}
		try {
			return new DirectoryLock(real);
		}
		catch (IOException | RuntimeException | Error ex) {
			HELD.remove(real);
			throw ex;
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			// a byte that is not there, so that others can read the rest on Windows
			if (channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null) {
				throw inUse(directory, owner(file));
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)));
			return channel;
		}
		catch (IOException | RuntimeException | Error ex) {
			channel.close();
			throw ex;
		}
	}

	private static StoreLockedException inUse(Path directory, String owner) {
		return new StoreLockedException(directory, String.format(Locale.ROOT,
				"%s is in use by another writer: %s; a directory has one at a time", directory, owner));
	}

	private static String owner(Path file) throws IOException {
		String owner = Files.readString(file);
		return owner.isEmpty() ? "which has not said its name yet" : owner;
	}

	private static String self() {
		ProcessHandle process = ProcessHandle.current();
		Instant started = process.info().startInstant().orElseGet(Instant::now);
		return String.format(Locale.ROOT, "process %d on host %s, started %s", process.pid(), host(), started);
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	@Override
	public void close() throws IOException {
		if (this.channel.isOpen()) { // else another writer may hold it by now
			this.channel.close();
			HELD.remove(this.directory);
		}
	}

	/**
	 * Makes sure, without taking it again, that the lock was not lost.
	 * @throws IOException if it may be another writer's
	 */
	void requireOwned() throws IOException {
		if (!this.channel.isOpen() || !Objects.equals(this.key, key())) {
			throw new IOException(this.directory.resolve(FILE) + " is another file than the one that was locked");
		}
	}

}
