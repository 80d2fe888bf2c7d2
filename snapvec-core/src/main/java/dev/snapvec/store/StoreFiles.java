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
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.snapvec.IndexIoException;
import dev.snapvec.internal.file.Disk;
import org.jspecify.annotations.Nullable;

/**
 * The names in a store's directory. A snapshot and the log of the mutations since have
 * the same number.
 */
record StoreFiles(Path directory) {

	private static final String CORRUPT = ".corrupt";

	private static final Pattern SNAPSHOT = Pattern.compile("snapshot-(\\d{10,18})\\.snapvec(\\.corrupt)?");

	private static final Pattern LOG = Pattern.compile("mutations-(\\d{10,18})\\.snaplog(\\.corrupt)?");

	Path snapshot(long number) {
		return this.directory.resolve(String.format(Locale.ROOT, "snapshot-%010d.snapvec", number));
	}

	Path log(long number) {
		return this.directory.resolve(String.format(Locale.ROOT, "mutations-%010d.snaplog", number));
	}

	static Path corrupt(Path path) {
		return path.resolveSibling(path.getFileName() + CORRUPT);
	}

	private List<Path> files() {
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

	/** Those not set aside, newest first. */
	List<Snapshot> snapshots() {
		List<Snapshot> snapshots = new ArrayList<>();
		for (Path file : files()) {
			Matcher matcher = SNAPSHOT.matcher(file.getFileName().toString());
			if (matcher.matches() && matcher.group(2) == null) {
				Snapshot snapshot = describe(Long.parseLong(matcher.group(1)), file);
				if (snapshot != null) {
					snapshots.add(snapshot);
				}
			}
		}
		snapshots.sort(Comparator.comparingLong(Snapshot::number).reversed());
		return List.copyOf(snapshots);
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
		NavigableMap<Long, Path> logs = new TreeMap<>();
		for (Path file : files()) {
			Matcher matcher = LOG.matcher(file.getFileName().toString());
			if (matcher.matches() && matcher.group(2) == null) {
				logs.put(Long.parseLong(matcher.group(1)), file);
			}
		}
		return logs;
	}

	/** A number that nothing has had, what is set aside included. */
	long nextNumber() {
		long highest = 0;
		for (Path file : files()) {
			for (Pattern pattern : List.of(SNAPSHOT, LOG)) {
				Matcher matcher = pattern.matcher(file.getFileName().toString());
				if (matcher.matches()) {
					highest = Math.max(highest, Long.parseLong(matcher.group(1)));
				}
			}
		}
		return highest + 1;
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
