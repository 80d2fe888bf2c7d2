package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.snapvec.IndexIoException;
import dev.snapvec.internal.file.Disk;
import org.jspecify.annotations.Nullable;

/**
 * The names in a store's directory. A snapshot and the log of the mutations since have
 * the same number.
 */
record StoreFiles(Path directory) {

	private static final String CORRUPT = ".corrupt";

	Path snapshot(long number) {
		return this.directory.resolve(StoreName.Kind.SNAPSHOT.name(number));
	}

	Path log(long number) {
		return this.directory.resolve(StoreName.Kind.LOG.name(number));
	}

	static Path corrupt(Path path) {
		return path.resolveSibling(path.getFileName() + CORRUPT);
	}

	List<Path> all() {
		List<Path> paths = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
			files.forEach(paths::add);
		}
		catch (DirectoryIteratorException ex) {
			throw new IndexIoException(this.directory, "list", Objects.requireNonNull(ex.getCause()));
		}
		catch (IOException ex) {
			throw new IndexIoException(this.directory, "list", ex);
		}
		return paths;
	}

	/**
	 * All snapshots and logs, those set aside included.
	 * @throws IndexIoException if one has a number that none can have
	 */
	List<StoreName> names() {
		List<StoreName> names = all().stream().map(StoreName::of).flatMap(Stream::ofNullable).toList();
		names.forEach(StoreName::requireUsable);
		return names;
	}

	private Stream<StoreName> names(StoreName.Kind kind) {
		return all().stream()
			.map(StoreName::of)
			.flatMap(Stream::ofNullable)
			.filter((name) -> name.kind() == kind && !name.isSetAside());
	}

	/**
	 * Those not set aside, newest first.
	 * @throws IndexIoException if one has a number that none can have, or another one has
	 */
	List<Snapshot> snapshots() {
		NavigableMap<Long, Snapshot> snapshots = new TreeMap<>(Comparator.reverseOrder());
		for (Map.Entry<Long, Path> file : byNumber(StoreName.Kind.SNAPSHOT).entrySet()) {
			Snapshot snapshot = describe(file.getKey(), file.getValue());
			if (snapshot != null) {
				snapshots.put(file.getKey(), snapshot);
			}
		}
		return List.copyOf(snapshots.values());
	}

	private NavigableMap<Long, Path> byNumber(StoreName.Kind kind) {
		NavigableMap<Long, Path> files = new TreeMap<>();
		names(kind).forEach((name) -> {
			name.requireUsable();
			Path same = files.put(name.number(), name.path());
			if (same != null && Files.exists(same)) { // else it is being renamed
				throw new IndexIoException(name.path(), "use", new IOException(
						same.getFileName() + " has the same number, in other digits; move one of the two elsewhere"));
			}
		});
		return files;
	}

	/** Null if it was deleted, as a writer may do while others look. */
	private static @Nullable Snapshot describe(long number, Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new Snapshot(number, file, attributes.size(), attributes.lastModifiedTime().toInstant());
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new IndexIoException(file, "read", ex);
		}
	}

	/** The snapshot of a number, which is there. */
	Snapshot describe(long number) {
		Snapshot snapshot = describe(number, snapshot(number));
		if (snapshot == null) {
			throw new IndexIoException(snapshot(number), "read", new NoSuchFileException("it was deleted"));
		}
		return snapshot;
	}

	/** Those not set aside, by number, oldest first. */
	NavigableMap<Long, Path> logs() {
		return byNumber(StoreName.Kind.LOG);
	}

	/**
	 * A number that nothing has had, what is set aside included.
	 * @throws IndexIoException if no number is left
	 */
	long nextNumber() {
		StoreName highest = names().stream().max(Comparator.comparingLong(StoreName::number)).orElse(null);
		if (highest == null) {
			return 1;
		}
		if (highest.number() == StoreName.LAST_NUMBER) {
			throw new IndexIoException(highest.path(), "write a snapshot after",
					new IOException("no number is left; move it elsewhere, or to a lower number"));
		}
		return highest.number() + 1;
	}

	/**
	 * Deletes the oldest snapshots, and the logs that none of the others needs.
	 * @param retain how many snapshots to keep
	 */
	void deleteAllBut(int retain) {
		List<Snapshot> snapshots = snapshots();
		snapshots.stream().skip(retain).forEach((old) -> delete(old.path()));
		if (!snapshots.isEmpty()) {
			long oldest = snapshots.get(Math.min(retain, snapshots.size()) - 1).number();
			logs().headMap(oldest).values().forEach(StoreFiles::delete);
		}
	}

	private static void delete(Path path) {
		try {
			Disk.current().delete(path);
		}
		catch (IOException ex) {
			throw new IndexIoException(path, "delete", ex);
		}
	}

	static void move(Path from, Path to) {
		try {
			Files.move(from, to);
		}
		catch (IOException ex) {
			throw new IndexIoException(from, "rename", ex);
		}
	}

}
