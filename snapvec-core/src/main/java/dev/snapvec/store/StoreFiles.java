package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.snapvec.IndexIoException;
import dev.snapvec.internal.file.Disk;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files in a store's directory. A snapshot and the WAL segment of the
 * mutations since have the same number.
 */
record StoreFiles(Path directory) {

	private static final String CORRUPT = ".corrupt";

	/** How often a writer may delete a listed file before reading gives up. */
	private static final int ATTEMPTS = 100;

	Path snapshot(long number) {
		return this.directory.resolve(StoreName.Kind.SNAPSHOT.name(number));
	}

	Path log(long number) {
		return this.directory.resolve(StoreName.Kind.LOG.name(number));
	}

	/** An unused name to set a file aside under. */
	static Path corrupt(Path path) {
		Path corrupt = path.resolveSibling(path.getFileName() + CORRUPT);
		for (int n = 2; Files.exists(corrupt, LinkOption.NOFOLLOW_LINKS); n++) {
			corrupt = path.resolveSibling(path.getFileName() + CORRUPT + "-" + n);
		}
		return corrupt;
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
	 * All snapshots and segments, including those set aside.
	 * @throws IndexIoException if one has an invalid number
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
	 * The snapshots not set aside, newest first. If one was deleted after it was listed,
	 * there may be a newer one that was not listed, so they are listed again.
	 * @throws IndexIoException if one has an invalid number, or two have the same one
	 */
	List<Snapshot> snapshots() {
		for (int attempt = 1;; attempt++) {
			NavigableMap<Long, Path> found = byNumber(StoreName.Kind.SNAPSHOT);
			List<Snapshot> snapshots = found.descendingMap()
				.entrySet()
				.stream()
				.map((file) -> describe(file.getKey(), file.getValue()))
				.flatMap(Stream::ofNullable)
				.toList();
			if (snapshots.size() == found.size() || attempt == ATTEMPTS) {
				return snapshots;
			}
		}
	}

	private NavigableMap<Long, Path> byNumber(StoreName.Kind kind) {
		NavigableMap<Long, Path> files = new TreeMap<>();
		names(kind).forEach((name) -> {
			name.requireUsable();
			Path same = files.put(name.number(), name.path());
			if (same != null && Files.exists(same)) { // otherwise it is being renamed
				throw new IndexIoException(name.path(), "use", new IOException(
						same.getFileName() + " has the same number, in other digits; move one of the two elsewhere"));
			}
		});
		return files;
	}

	/** Null if it was deleted meanwhile by its writer. */
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

	/** The snapshot of a number, which must exist. */
	Snapshot describe(long number) {
		Snapshot snapshot = describe(number, snapshot(number));
		if (snapshot == null) {
			throw new IndexIoException(snapshot(number), "read", new NoSuchFileException("it was deleted"));
		}
		return snapshot;
	}

	/** The segments not set aside, by number, oldest first. */
	NavigableMap<Long, Path> logs() {
		return byNumber(StoreName.Kind.LOG);
	}

	/** All files that restoring reads, in the order of their names. */
	List<Path> used() {
		List<Path> used = new ArrayList<>(logs().values());
		snapshots().forEach((snapshot) -> used.add(snapshot.path()));
		Collections.sort(used);
		return used;
	}

	/**
	 * A number that no file has had, including files set aside.
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
	 * Deletes the oldest snapshots, and the segments that no other snapshot needs. The
	 * segments of a snapshot that cannot be deleted are retained.
	 * @param retain the number of snapshots to retain
	 * @return why some were not deleted, or null if all were
	 */
	@Nullable IndexIoException deleteAllBut(int retain) {
		List<IndexIoException> failures = new ArrayList<>();
		List<Snapshot> snapshots = snapshots();
		long oldest = 0;
		for (int i = 0; i < snapshots.size(); i++) {
			Snapshot snapshot = snapshots.get(i);
			if (i < retain || !delete(snapshot.path(), failures)) {
				oldest = snapshot.number();
			}
		}
		logs().headMap(oldest).values().forEach((log) -> delete(log, failures));
		if (failures.isEmpty()) {
			return null;
		}
		IndexIoException first = failures.get(0);
		failures.subList(1, failures.size()).forEach(first::addSuppressed);
		return first;
	}

	private static boolean delete(Path path, List<IndexIoException> failures) {
		try {
			Disk.current().delete(path);
			return true;
		}
		catch (IOException ex) {
			failures.add(new IndexIoException(path, "delete", ex));
			return false;
		}
	}

	static void move(Path from, Path to) {
		try {
			Disk.current().rename(from, to);
		}
		catch (IOException ex) {
			throw new IndexIoException(from, "rename", ex);
		}
	}

}
