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
 * Gives the files of a store whose numbers are written in other digits, as they were in
 * processes whose default locale has some, the names they are looked for under. Nothing
 * is renamed unless everything can be.
 */
final class AsciiNames {

	private final StoreFiles files;

	private final List<StoreName> names;

	/** Those that another file holds all of. */
	private final Set<StoreName> copies = new HashSet<>();

	private AsciiNames(StoreFiles files) {
		this.files = files;
		this.names = files.names();
	}

	/**
	 * @throws IndexIoException if two files claim to be the same one, or one is older
	 * than what was written without it; all are as they were
	 */
	static void restore(StoreFiles files) throws IOException {
		AsciiNames names = new AsciiNames(files);
		List<StoreName> others = names.others();
		if (!others.isEmpty()) {
			names.rename(others);
		}
	}

	/**
	 * Logs first, or a snapshot could be restored without its log; oldest first, or the
	 * others would be older than what is there.
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
							"it has the same number and other content");
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

	/** A log must not continue one that went on afterwards. */
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
								name, other, "it went on after this one had continued it");
					}
				}
			}
		}
		catch (CorruptIndexException | UnsupportedVersionException ex) {
			// what is restored will say so
			return;
		}
	}

	private static void require(boolean expected, StoreName name, StoreName other, String otherwise) {
		if (!expected) {
			throw new IndexIoException(name.path(), "rename",
					new IOException(String.format(Locale.ROOT,
							"it should be %s, but there is %s: %s. Move one of the two elsewhere, with the"
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
