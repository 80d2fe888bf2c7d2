package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.SnapvecException;
import dev.snapvec.VectorIndex;
import dev.snapvec.internal.file.AtomicFile;

/**
 * A directory that holds the snapshots of one index, the newest few of them. Thread-safe.
 * <p>
 * Guaranteed:
 * <ol>
 * <li>One writer: from open to close nobody else can open the directory, in this process
 * or another.
 * <li>A snapshot is there whole or not at all, whatever is killed or full; saving never
 * touches an older one before the new one is on disk.
 * <li>What a crash left half-written is swept when the directory is opened next.
 * </ol>
 */
public final class IndexStore implements Closeable {

	private static final String FILE = "snapshot-%010d.snapvec";

	private static final Pattern FILE_PATTERN = Pattern.compile("snapshot-(\\d{10,18})\\.snapvec(\\.corrupt)?");

	private static final String CORRUPT = ".corrupt";

	private final Path directory;

	private final int retain;

	private final DirectoryLock lock;

	private final ReentrantLock saving = new ReentrantLock();

	private IndexStore(Path directory, int retain, DirectoryLock lock) {
		this.directory = directory;
		this.retain = retain;
		this.lock = lock;
	}

	/**
	 * Opens a directory for writing, and makes it if it is not there.
	 * @param directory the directory, for one index
	 * @param retain how many snapshots to keep, at least 1
	 * @return the store, to be closed
	 * @throws dev.snapvec.StoreLockedException if another writer has it open
	 * @throws IndexIoException if it cannot be made, read or written
	 */
	public static IndexStore open(Path directory, int retain) {
		if (retain < 1) {
			throw new IllegalArgumentException("retain is %d, it must be at least 1".formatted(retain));
		}
		try {
			Files.createDirectories(directory);
			DirectoryLock lock = DirectoryLock.acquire(directory);
			IndexStore store = new IndexStore(directory, retain, lock);
			store.sweep();
			return store;
		}
		catch (IOException ex) {
			throw new IndexIoException(directory, "use as a store", ex);
		}
	}

	/** Deletes the temporary files of writers that did not live to. */
	private void sweep() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, "*" + AtomicFile.TEMPORARY)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
		}
	}

	/**
	 * Returns the directory.
	 * @return its path
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Lists the snapshots.
	 * @return those there are, newest first, without damaged ones that were set aside
	 * @throws IndexIoException if the directory cannot be read
	 */
	public List<Snapshot> snapshots() {
		List<Snapshot> snapshots = new ArrayList<>();
		for (Path file : files()) {
			Matcher matcher = FILE_PATTERN.matcher(file.getFileName().toString());
			if (matcher.matches() && matcher.group(2) == null) {
				snapshots.add(snapshot(Long.parseLong(matcher.group(1)), file));
			}
		}
		snapshots.sort(Comparator.comparingLong(Snapshot::number).reversed());
		return List.copyOf(snapshots);
	}

	private List<Path> files() {
		List<Path> paths = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
			files.forEach(paths::add);
		}
		catch (DirectoryIteratorException ex) {
			throw new IndexIoException(this.directory, "list", ex.getCause());
		}
		catch (IOException ex) {
			throw new IndexIoException(this.directory, "list", ex);
		}
		return paths;
	}

	/** A number that no snapshot has had, damaged ones included. */
	private long nextNumber() {
		long highest = 0;
		for (Path file : files()) {
			Matcher matcher = FILE_PATTERN.matcher(file.getFileName().toString());
			if (matcher.matches()) {
				highest = Math.max(highest, Long.parseLong(matcher.group(1)));
			}
		}
		return highest + 1;
	}

	private static Snapshot snapshot(long number, Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new Snapshot(number, file, attributes.size(), attributes.lastModifiedTime().toInstant());
		}
		catch (IOException ex) {
			throw new IndexIoException(file, "read", ex);
		}
	}

	/**
	 * Loads the newest snapshot.
	 * @param options how the index shall score
	 * @return the index, or nothing if there are no snapshots
	 * @throws SnapvecException if the newest snapshot cannot be loaded
	 */
	public Optional<Restored> restore(LoadOptions options) {
		List<Snapshot> snapshots = snapshots();
		if (snapshots.isEmpty()) {
			return Optional.empty();
		}
		Snapshot newest = snapshots.get(0);
		return Optional.of(new Restored(VectorIndex.load(newest.path(), options), newest, List.of()));
	}

	/**
	 * Loads the newest snapshot that is sound. Damaged ones that are newer are kept,
	 * under names that end with {@code .corrupt}.
	 * @param options how the index shall score
	 * @return the index, or nothing if there are no snapshots
	 * @throws CorruptIndexException if there are snapshots and all are damaged; they stay
	 * as they are
	 */
	public Optional<Restored> restoreNewestSound(LoadOptions options) {
		List<Snapshot> damaged = new ArrayList<>();
		List<SnapvecException> reasons = new ArrayList<>();
		for (Snapshot snapshot : snapshots()) {
			try {
				VectorIndex index = VectorIndex.load(snapshot.path(), options);
				for (Snapshot newer : damaged) {
					move(newer.path(), newer.path().resolveSibling(newer.path().getFileName() + CORRUPT));
				}
				return Optional.of(new Restored(index, snapshot, List.copyOf(reasons)));
			}
			catch (CorruptIndexException ex) {
				damaged.add(snapshot);
				reasons.add(ex);
			}
		}
		if (reasons.isEmpty()) {
			return Optional.empty();
		}
		SnapvecException newest = reasons.get(0);
		reasons.subList(1, reasons.size()).forEach(newest::addSuppressed);
		throw newest;
	}

	/**
	 * Moves all snapshots to a new directory below this one, where they are kept for
	 * ever.
	 * @return that directory
	 * @throws IndexIoException if they cannot be moved
	 */
	public Path setAside() {
		try {
			Path aside = Files.createTempDirectory(this.directory, "set-aside-");
			for (Snapshot snapshot : snapshots()) {
				move(snapshot.path(), aside.resolve(snapshot.path().getFileName()));
			}
			return aside;
		}
		catch (IOException ex) {
			throw new IndexIoException(this.directory, "set snapshots aside in", ex);
		}
	}

	private static void move(Path from, Path to) {
		try {
			Files.move(from, to);
		}
		catch (IOException ex) {
			throw new IndexIoException(from, "rename damaged snapshot", ex);
		}
	}

	/**
	 * Saves an index as the next snapshot, marks it as saved, and deletes the oldest
	 * snapshots that are too many.
	 * @param index the index, which may change meanwhile
	 * @return the snapshot
	 * @throws IndexIoException if it cannot be written; older snapshots are then all
	 * still there
	 */
	public Snapshot save(SafeIndex index) {
		this.saving.lock();
		try {
			long number = nextNumber();
			Path file = this.directory.resolve(FILE.formatted(number));
			index.markSaved(index.save(file));
			deleteAllBut(this.retain);
			return snapshot(number, file);
		}
		finally {
			this.saving.unlock();
		}
	}

	private void deleteAllBut(int newest) {
		for (Snapshot old : snapshots().stream().skip(newest).toList()) {
			try {
				Files.deleteIfExists(old.path());
			}
			catch (IOException ex) {
				throw new IndexIoException(old.path(), "delete", ex);
			}
		}
	}

	/**
	 * Gives the directory up to the next writer.
	 */
	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new IndexIoException(this.directory, "unlock", ex);
		}
	}

}
