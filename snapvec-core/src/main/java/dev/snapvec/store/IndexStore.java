package dev.snapvec.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
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

	private static final Pattern FILE_PATTERN = Pattern.compile("snapshot-(\\d{10,})\\.snapvec");

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
	 * @throws UncheckedIOException if it cannot be made, read or written
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
			throw new UncheckedIOException("cannot use %s as a store: %s".formatted(directory, ex), ex);
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
	 * @return those there are, newest first
	 */
	public List<Snapshot> snapshots() {
		List<Snapshot> snapshots = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
			for (Path file : files) {
				Matcher matcher = FILE_PATTERN.matcher(file.getFileName().toString());
				if (matcher.matches()) {
					snapshots.add(snapshot(Long.parseLong(matcher.group(1)), file));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot list %s: %s".formatted(this.directory, ex), ex);
		}
		snapshots.sort(Comparator.comparingLong(Snapshot::number).reversed());
		return List.copyOf(snapshots);
	}

	private static Snapshot snapshot(long number, Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		return new Snapshot(number, file, attributes.size(), attributes.lastModifiedTime().toInstant());
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
	 * Loads the newest snapshot that can be loaded. Damaged ones that are newer are kept,
	 * under names that end with {@code .corrupt}.
	 * @param options how the index shall score
	 * @return the index, or nothing if no snapshot can be loaded
	 */
	public Optional<Restored> restoreNewestSound(LoadOptions options) {
		List<SnapvecException> skipped = new ArrayList<>();
		for (Snapshot snapshot : snapshots()) {
			try {
				VectorIndex index = VectorIndex.load(snapshot.path(), options);
				return Optional.of(new Restored(index, snapshot, List.copyOf(skipped)));
			}
			catch (CorruptIndexException ex) {
				skipped.add(ex);
				setAside(snapshot);
			}
		}
		return Optional.empty();
	}

	private void setAside(Snapshot snapshot) {
		try {
			Files.move(snapshot.path(), snapshot.path().resolveSibling(snapshot.path().getFileName() + CORRUPT));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot rename damaged snapshot %s: %s".formatted(snapshot.path(), ex), ex);
		}
	}

	/**
	 * Saves an index as the next snapshot, then deletes those that are too many.
	 * @param index the index, which may change meanwhile
	 * @return the snapshot
	 * @throws dev.snapvec.IndexIoException if it cannot be written; older snapshots are
	 * then all still there
	 */
	public Snapshot save(SafeIndex index) {
		this.saving.lock();
		try {
			List<Snapshot> older = snapshots();
			long number = older.isEmpty() ? 1 : older.get(0).number() + 1;
			Path file = this.directory.resolve(FILE.formatted(number));
			index.save(file);
			for (Snapshot old : older.subList(Math.min(this.retain - 1, older.size()), older.size())) {
				Files.deleteIfExists(old.path());
			}
			return snapshot(number, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot tidy up %s: %s".formatted(this.directory, ex), ex);
		}
		finally {
			this.saving.unlock();
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
			throw new UncheckedIOException("cannot unlock %s: %s".formatted(this.directory, ex), ex);
		}
	}

}
