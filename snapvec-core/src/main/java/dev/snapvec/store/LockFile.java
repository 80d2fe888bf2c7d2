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
 * It is read and written through what interrupts do not close: a process that closes one
 * descriptor of a file gives up all locks it has on it.
 */
final class LockFile implements Closeable {

	static final String NAME = ".lock";

	/** A byte that is not there, so that others can read the rest on Windows. */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	private static final int LONGEST = 1024;

	/**
	 * Opened while another part of this process had a lock that only the virtual machine
	 * knew of. Not closed, for that part's sake, but used when it can be locked.
	 */
	private static final Map<Identity, RandomAccessFile> OVERLAPPING = new ConcurrentHashMap<>();

	/**
	 * Those of stores that nobody closes or refers to any more too: a file that is
	 * collected is closed, and its key given to another file, which would pass for open.
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
	 * Tells a file from others that had or will have its name.
	 *
	 * @param path the name
	 * @param key the file key, or null where file systems have none (Windows)
	 * @param created when it was made, if there is no key
	 */
	record Identity(Path path, @Nullable Object key, @Nullable Object created) {

		/** Null if there is no such file. */
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
					// of another process
				}
				identity = of(path);
			}
			return identity;
		}

		/** What is open for writing here, if this is. */
		Object openAs() {
			return (this.key != null) ? this.key : this.path;
		}

	}

	/**
	 * Who is named in the file that has the name now.
	 *
	 * @param inPlace whether that is the one which is open here
	 * @param owner who is named
	 */
	record Found(boolean inPlace, LockOwner owner) {
	}

	/**
	 * Opens and locks the file of a directory, without changing it. To be called while
	 * {@link OpenStores#MONITOR} is held.
	 * @throws StoreLockedException if another writer has it
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

	/** Null if it has been replaced meanwhile. */
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
				"%s is in use by another writer: %s; a directory has one at a time", directory, owner));
	}

	Path path() {
		return this.path;
	}

	/** Writes who has it now. */
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

	/** Of a file that this process has not locked. */
	private LockOwner readOther() throws IOException {
		try (InputStream other = new FileInputStream(this.path.toFile())) {
			byte[] bytes = other.readNBytes(LONGEST);
			return LockOwner.of(bytes, bytes.length);
		}
	}

	/**
	 * Locks it again, as something in this process may have closed another descriptor of
	 * it.
	 * @return whether no other process has it
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
