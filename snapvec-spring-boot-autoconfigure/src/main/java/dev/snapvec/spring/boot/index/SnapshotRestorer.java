package dev.snapvec.spring.boot.index;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SnapvecException;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Restored;

/**
 * Restores an index as its definition demands. It can only be told to tolerate damage: a
 * snapshot of another configuration, of a newer version or that cannot be read points to
 * another problem.
 */
final class SnapshotRestorer {

	private static final Log logger = LogFactory.getLog(SnapshotRestorer.class);

	private final IndexDefinition definition;

	SnapshotRestorer(IndexDefinition definition) {
		this.definition = definition;
	}

	Optional<Restored> restore(IndexStore store) {
		try {
			return restore(store, this.definition.loadOptions());
		}
		catch (IllegalArgumentException ex) {
			// it cannot be searched as configured, so its configuration differs
			restore(store, LoadOptions.defaults());
			throw ex;
		}
	}

	private Optional<Restored> restore(IndexStore store, LoadOptions options) {
		Optional<Restored> restored = switch (this.definition.onDamage()) {
			case FAIL -> newest(store, options);
			case PREVIOUS -> newestSound(store, options);
			case EMPTY -> newestOrEmpty(store, options);
		};
		restored.ifPresent((found) -> SnapshotMismatchException.throwIfAny(this.definition, found));
		return restored;
	}

	private Optional<Restored> newest(IndexStore store, LoadOptions options) {
		try {
			return store.restore(options);
		}
		catch (CorruptIndexException ex) {
			throw new CorruptSnapshotException(this.definition, ex);
		}
	}

	private Optional<Restored> newestSound(IndexStore store, LoadOptions options) {
		try {
			Optional<Restored> restored = store.restoreNewestSound(options);
			for (SnapvecException damage : restored.map(Restored::skipped).orElse(List.of())) {
				logger.warn(String.format(Locale.ROOT, "Skipped a damaged file of index '%s': %s",
						this.definition.name(), damage.getMessage()));
			}
			return restored;
		}
		catch (CorruptIndexException ex) {
			throw new CorruptSnapshotException(this.definition, ex);
		}
	}

	private Optional<Restored> newestOrEmpty(IndexStore store, LoadOptions options) {
		try {
			return store.restore(options);
		}
		catch (CorruptIndexException ex) {
			Path aside = store.setAside();
			logger
				.warn(String.format(Locale.ROOT, "Index '%s' starts empty, its damaged snapshots were moved to %s: %s",
						this.definition.name(), aside, ex.getMessage()));
			return Optional.empty();
		}
	}

}
