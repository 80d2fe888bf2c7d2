package dev.snapvec.store;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.snapvec.StoreLockedException;
import org.jspecify.annotations.Nullable;

/**
 * The lock file of a directory, open and locked. Not thread-safe.
 * <p>
 * Read and written through a file that interrupts do not close: a process that closes one
 * descriptor of a file releases all its locks on it.
 */
final class LockFile implements Closeable {

	static final String NAME = ".lock";

	/**
	 * The locked byte is beyond the content, so that others can read the content on
	 * Windows.
	 */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	private static final int LONGEST = 1024;

	/**
	 * Files opened while another part of this process held a lock known only to the JVM.
	 * Not closed, which would release that lock, but reused once they can be locked.
	 */
	private static final Map<Identity, RandomAccessFile> OVERLAPPING = new ConcurrentHashMap<>();

	/**
	 * Open lock files, also of stores that are unreachable but not closed: a
	 * garbage-collected file is closed and its key reused by another file, which would
	 * seem to be open.
	 */
	private static final Set<LockFile> OPEN = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final Identity identity;

	private final RandomAccessFile file;

	private FileLock lock;

	private LockFile(Path path, Identity identity, RandomAccessFile file, FileLock lock) {
		this.path = path;
		this.identity = identity;
		this.file = file;
		this.lock = lock;
	}

	/**
	 * Distinguishes a file from earlier and later files of the same name.
	 *
	 * @param path the name
	 * @param key the file key, or null where file systems have none (Windows)
	 * @param created the creation time, if there is no key
	 */
	record Identity(Path path, @Nullable Object key, @Nullable Object created) {

		/** Null if the file does not exist. */
		static @Nullable Identity of(Path path) throws IOException {
			BasicFileAttributes file;
			try {
				file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
			}
			catch (NoSuchFileException ex) {
				return null;
			}
			if (!file.isRegularFile()) {
				String kind = file.isSymbolicLink() ? "symbolic link" : file.isDirectory() ? "directory" : "device";
				throw new IOException(
						String.format(Locale.ROOT, "%s must be a regular file, but is a %s; remove it", path, kind));
			}
			return new Identity(path, file.fileKey(), (file.fileKey() != null) ? null : file.creationTime());
		}

		static Identity ofNewOrOld(Path path) throws IOException {
			Identity identity = of(path);
			while (identity == null) {
				try {
					Files.createFile(path);
				}
				catch (FileAlreadyExistsException ex) {
					// held by another process
				}
				identity = of(path);
			}
			return identity;
		}

		/** The key of this file in {@link OpenStores}. */
		Object openAs() {
			return (this.key != null) ? this.key : this.path;
		}

	}

	/**
	 * The owner named by the file that has the name now.
	 *
	 * @param inPlace whether it is the file that is open here
	 * @param owner the named owner
	 */
	record Found(boolean inPlace, LockOwner owner) {
	}

	/**
	 * Opens and locks the file of a directory, without changing it. The caller holds
	 * {@link OpenStores#MONITOR}.
	 * @throws StoreLockedException if another writer owns the directory
	 */
	static LockFile open(Path directory) throws IOException {
		Path path = directory.resolve(NAME);
		while (true) {
			Identity identity = Identity.ofNewOrOld(path);
			if (!OpenStores.add(identity.openAs())) {
				throw inUse(directory, LockOwner.HERE);
			}
			LockFile file = null;
			try {
				file = open(directory, identity);
				if (file != null) {
					OPEN.add(file);
					return file;
				}
			}
			finally {
				if (file == null) {
					OpenStores.remove(identity.openAs());
				}
			}
		}
	}

	/** Null if the file was replaced meanwhile. */
	private static @Nullable LockFile open(Path directory, Identity identity) throws IOException {
		RandomAccessFile file = OVERLAPPING.remove(identity);
		if (file == null) {
			file = new RandomAccessFile(identity.path.toFile(), "rw");
		}
		boolean keep = false;
		try {
			FileLock lock = file.getChannel().tryLock(LOCKED, 1, false);
			if (lock == null) {
				throw inUse(directory, read(file));
			}
			keep = identity.equals(Identity.of(identity.path));
			return keep ? new LockFile(identity.path, identity, file, lock) : null;
		}
		catch (OverlappingFileLockException ex) {
			keep = true;
			OVERLAPPING.put(identity, file);
			throw inUse(directory, LockOwner.HERE);
		}
		finally {
			if (!keep) {
				file.close();
			}
		}
	}

	static StoreLockedException inUse(Path directory, LockOwner owner) {
		return new StoreLockedException(directory, String.format(Locale.ROOT,
				"%s is in use by another writer: %s; a directory has one writer at a time", directory, owner));
	}

	Path path() {
		return this.path;
	}

	/** Writes the new owner. */
	void claim(LockOwner owner) throws IOException {
		byte[] content = owner.toBytes();
		this.file.seek(0);
		this.file.write(content);
		this.file.setLength(content.length);
	}

	Found find() throws IOException {
		Identity present = Identity.of(this.path);
		if (present == null) {
			return new Found(false, LockOwner.NOBODY);
		}
		if (present.equals(this.identity)) {
			return new Found(true, read(this.file));
		}
		return new Found(false, OpenStores.contains(present.openAs()) ? LockOwner.HERE : readOther());
	}

	private static LockOwner read(RandomAccessFile file) throws IOException {
		byte[] bytes = new byte[LONGEST];
		file.seek(0);
		return LockOwner.of(bytes, Math.max(0, file.read(bytes)));
	}

	/** Reads a file that this process has not locked. */
	private LockOwner readOther() throws IOException {
		try (InputStream other = new FileInputStream(this.path.toFile())) {
			byte[] bytes = other.readNBytes(LONGEST);
			return LockOwner.of(bytes, bytes.length);
		}
	}

	/**
	 * Locks the file again, because something in this process may have closed another
	 * descriptor of it.
	 * @return false if another process holds the lock
	 */
	boolean lockAgain() throws IOException {
		this.lock.release();
		FileLock lock = this.file.getChannel().tryLock(LOCKED, 1, false);
		this.lock = Objects.requireNonNullElse(lock, this.lock);
		return lock != null;
	}

	@Override
	public void close() throws IOException {
		try {
			this.file.close();
		}
		finally {
			OPEN.remove(this);
			OpenStores.remove(this.identity.openAs());
		}
	}

}
