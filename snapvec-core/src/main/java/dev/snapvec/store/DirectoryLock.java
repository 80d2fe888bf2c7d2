package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.snapvec.StoreLockedException;

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

	private final FileChannel channel;

	private DirectoryLock(Path directory, FileChannel channel) {
		this.directory = directory;
		this.channel = channel;
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
			return new DirectoryLock(real, lock(directory));
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
			// a byte that is not there: where locks are mandatory, others can read the
			// rest
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
		return new StoreLockedException(directory,
				"%s is in use by another writer: %s; a directory has one at a time".formatted(directory, owner));
	}

	private static String owner(Path file) throws IOException {
		String owner = Files.readString(file);
		return owner.isEmpty() ? "which has not said its name yet" : owner;
	}

	private static String self() {
		ProcessHandle process = ProcessHandle.current();
		Instant started = process.info().startInstant().orElseGet(Instant::now);
		return "process %d on host %s, started %s".formatted(process.pid(), host(), started);
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

}
