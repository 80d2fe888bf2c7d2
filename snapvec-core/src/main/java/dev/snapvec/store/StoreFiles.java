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

	private static final Pattern SNAPSHOT = Pattern.compile("snapshot-(\\d{10,18})\\.snapvec(\\.corrupt(?:-\\d+)?)?");

	private static final Pattern LOG = Pattern.compile("mutations-(\\d{10,18})\\.snaplog(\\.corrupt(?:-\\d+)?)?");

	Path snapshot(long number) {
		return this.directory.resolve(String.format(Locale.ROOT, "snapshot-%010d.snapvec", number));
	}

	Path log(long number) {
		return this.directory.resolve(String.format(Locale.ROOT, "mutations-%010d.snaplog", number));
	}

	/** The name to set a file aside under, which no other has. */
	static Path corrupt(Path path) {
		Path corrupt = path.resolveSibling(path.getFileName() + CORRUPT);
		for (int n = 2; Files.exists(corrupt, LinkOption.NOFOLLOW_LINKS); n++) {
			corrupt = path.resolveSibling(path.getFileName() + CORRUPT + "-" + n);
		}
		return corrupt;
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

	/** All that restoring looks at, in the order of their names. */
	List<Path> used() {
		List<Path> used = new ArrayList<>(logs().values());
		snapshots().forEach((snapshot) -> used.add(snapshot.path()));
		Collections.sort(used);
		return used;
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
	 * Deletes the oldest snapshots, and the logs that none of the others needs. One that
	 * cannot be deleted keeps its logs.
	 * @param retain how many snapshots to keep
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
