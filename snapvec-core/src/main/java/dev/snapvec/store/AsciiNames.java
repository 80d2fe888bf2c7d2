package dev.snapvec.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.IndexIoException;
import dev.snapvec.UnsupportedVersionException;
import dev.snapvec.internal.file.Disk;

/**
 * Renames files of a store whose numbers are written in non-ASCII digits, as in processes
 * whose default locale has such digits, to the names in ASCII digits. Renames all of them
 * or none.
 */
final class AsciiNames {

	private final StoreFiles files;

	private final List<StoreName> names;

	/** Names of files whose whole content another file has. */
	private final Set<StoreName> copies = new HashSet<>();

	private AsciiNames(StoreFiles files) {
		this.files = files;
		this.names = files.names();
	}

	/**
	 * @throws IndexIoException if two files claim the same name, or one is older than
	 * files that were written without it; nothing is renamed then
	 */
	static void restore(StoreFiles files) throws IOException {
		AsciiNames names = new AsciiNames(files);
		List<StoreName> others = names.others();
		if (!others.isEmpty()) {
			names.rename(others);
		}
	}

	/**
	 * Segments before snapshots, so that no snapshot is restored without its segment;
	 * oldest first, so that none is older than a file renamed before.
	 */
	private List<StoreName> others() throws IOException {
		Map<Path, StoreName> taken = new HashMap<>();
		this.names.stream().filter(StoreName::isAsExpected).forEach((name) -> taken.put(name.path(), name));
		List<StoreName> others = new ArrayList<>();
		for (StoreName name : this.names) {
			if (!name.isAsExpected()) {
				StoreName same = taken.putIfAbsent(name.expected(), name);
				if (same != null) {
					require(Files.mismatch(same.path(), name.path()) < 0, name, same,
							"it has the same number but different content");
					this.copies.add(name);
				}
				else if (!name.isSetAside()) {
					requireNewest(name);
					requireNotForked(name);
				}
				others.add(name);
			}
		}
		others.sort(Comparator.comparing(StoreName::kind).reversed().thenComparing(StoreName::number));
		return others;
	}

	private void requireNewest(StoreName name) {
		for (StoreName other : this.names) {
			require(!other.isAsExpected() || other.isSetAside() || other.kind() != StoreName.Kind.SNAPSHOT
					|| other.number() <= name.number(), name, other, "it is newer and was written without this one");
		}
	}

	/** A segment must not continue one that was appended to afterwards. */
	private void requireNotForked(StoreName name) throws IOException {
		if (name.kind() != StoreName.Kind.LOG) {
			return;
		}
		try (LogReader reader = new LogReader(name.path())) {
			LogHeader header = reader.header();
			if (header == null) {
				return;
			}
			for (StoreName other : this.names) {
				if (other.kind() == StoreName.Kind.LOG && other.number() == header.previous() && !other.isSetAside()
						&& !other.equals(name)) {
					try (LogReader previous = new LogReader(other.path())) {
						require(previous.header() == null || previous.check().records() <= header.previousRecords(),
								name, other, "it was appended to after this one had continued it");
					}
				}
			}
		}
		catch (CorruptIndexException | UnsupportedVersionException ex) {
			// restoring reports it
			return;
		}
	}

	private static void require(boolean expected, StoreName name, StoreName other, String otherwise) {
		if (!expected) {
			throw new IndexIoException(name.path(), "rename",
					new IOException(String.format(Locale.ROOT,
							"it must be named %s, but there is %s: %s. Move one of the two elsewhere, with the"
									+ " snapshots and logs that belong to it",
							name.expected().getFileName(), other.path().getFileName(), otherwise)));
		}
	}

	private void rename(List<StoreName> others) throws IOException {
		StoreName.Kind renamed = others.get(0).kind();
		for (StoreName name : others) {
			if (name.kind() != renamed) {
				Disk.current().forceDirectory(this.files.directory());
				renamed = name.kind();
			}
			if (this.copies.contains(name)) {
				Files.delete(name.path());
			}
			else {
				StoreFiles.move(name.path(), name.expected());
			}
		}
		Disk.current().forceDirectory(this.files.directory());
	}

}
