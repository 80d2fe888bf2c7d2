package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.SnapvecException;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Restored;
import dev.snapvec.store.Snapshot;

/**
 * Loads the snapshot of an index that its definition asks for. Only damage is what it can
 * be told to overlook: a snapshot of another configuration, of a newer version or out of
 * reach says that something else is wrong.
 */
final class SnapshotRestorer {

	private static final Log logger = LogFactory.getLog(SnapshotRestorer.class);

	private final IndexDefinition definition;

	SnapshotRestorer(IndexDefinition definition) {
		this.definition = definition;
	}

	Optional<Restored> restore(IndexStore store) {
		Optional<Restored> restored = switch (this.definition.onFailure()) {
			case FAIL -> newest(store);
			case PREVIOUS -> newestSound(store);
			case EMPTY -> newestOrEmpty(store);
		};
		restored.ifPresent((found) -> SnapshotMismatchException.throwIfAny(this.definition, found));
		return restored;
	}

	private Optional<Restored> newest(IndexStore store) {
		try {
			requireNoLeftovers(store);
			return store.restore(this.definition.loadOptions());
		}
		catch (CorruptIndexException ex) {
			throw new CorruptSnapshotException(this.definition, ex);
		}
	}

	private Optional<Restored> newestSound(IndexStore store) {
		requireNoLeftovers(store);
		boolean empty = store.snapshots().isEmpty();
		Optional<Restored> restored = store.restoreNewestSound(this.definition.loadOptions());
		if (restored.isEmpty() && !empty) {
			requireNoLeftovers(store);
		}
		List<SnapvecException> skipped = restored.map(Restored::skipped).orElse(List.of());
		for (SnapvecException damage : skipped) {
			logger.warn(LogMessage.format("Passed over a damaged snapshot of index '%s': %s", this.definition.name(),
					damage.getMessage()));
		}
		return restored;
	}

	private Optional<Restored> newestOrEmpty(IndexStore store) {
		try {
			return store.restore(this.definition.loadOptions());
		}
		catch (CorruptIndexException ex) {
			Path aside = setAside(store);
			logger.warn(LogMessage.format("Index '%s' starts empty, its snapshots are kept in %s: %s",
					this.definition.name(), aside, ex.getMessage()));
			return Optional.empty();
		}
	}

	/** Out of the store's reach, so that it does not delete them to make room. */
	private Path setAside(IndexStore store) {
		List<Snapshot> snapshots = store.snapshots();
		try {
			Path aside = Files.createTempDirectory(store.directory(), "set-aside-");
			for (Snapshot snapshot : snapshots) {
				Files.move(snapshot.path(), aside.resolve(snapshot.path().getFileName()));
			}
			return aside;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot set the snapshots in %s aside: %s".formatted(store.directory(), ex),
					ex);
		}
	}

	/**
	 * With nothing but damaged snapshots the index is lost, not new: it must not be taken
	 * for new at the next start either.
	 */
	private void requireNoLeftovers(IndexStore store) {
		if (!store.snapshots().isEmpty()) {
			return;
		}
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(store.directory(), "snapshot-*.corrupt")) {
			for (Path leftover : leftovers) {
				throw new CorruptSnapshotException(this.definition, leftover);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot list %s: %s".formatted(store.directory(), ex), ex);
		}
	}

}
