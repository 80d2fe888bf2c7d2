package dev.snapvec.spring.boot.autoconfigure;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.snapvec.SafeIndex;

/**
 * Adds indexes to a lifecycle that runs.
 */
class RunningIndexRegistry implements SnapvecIndexRegistry {

	private final IndexDefinitions definitions;

	private final ConfiguredIndexes indexes;

	private final PersistentIndexes snapshots;

	private final SnapvecLifecycle lifecycle;

	private final Set<String> starting = ConcurrentHashMap.newKeySet();

	RunningIndexRegistry(IndexDefinitions definitions, ConfiguredIndexes indexes, PersistentIndexes snapshots,
			SnapvecLifecycle lifecycle) {
		this.definitions = definitions;
		this.indexes = indexes;
		this.snapshots = snapshots;
		this.lifecycle = lifecycle;
	}

	/** A name is taken while its index starts, with no lock held. */
	@Override
	public SafeIndex register(String name, IndexProperties properties) {
		if (!this.starting.add(name)) {
			throw new IllegalStateException(String.format(Locale.ROOT, "an index '%s' is being added already", name));
		}
		try {
			IndexDefinition definition = this.definitions.create(name, properties);
			SafeIndex index = this.indexes.create(definition);
			StoredIndex stored = this.snapshots.create(definition, index);
			this.lifecycle.add(stored, () -> {
				this.snapshots.add(stored);
				this.definitions.add(definition);
				this.indexes.add(index);
			});
			return index;
		}
		finally {
			this.starting.remove(name);
		}
	}

}
