package dev.snapvec.spring.boot.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.store.Restored;

/**
 * Thrown if a snapshot is sound, but does not match the configuration of the index.
 * <p>
 * Internal: not for applications.
 */
public class SnapshotMismatchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	SnapshotMismatchException(String message, Path directory) {
		super(message);
		this.directory = directory;
	}

	public Path directory() {
		return this.directory;
	}

	static void throwIfAny(IndexDefinition definition, Restored restored) {
		List<String> differences = definition.traits().differencesOfSnapshot(restored.index());
		if (!differences.isEmpty()) {
			throw new SnapshotMismatchException(
					String.format(Locale.ROOT, "snapshot %s does not match the configuration of index '%s': %s",
							restored.snapshot().path(), definition.name(), String.join("; ", differences)),
					definition.directory());
		}
	}

}
