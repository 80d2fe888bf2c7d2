package dev.snapvec.spring.boot.autoconfigure;

import java.util.concurrent.locks.ReentrantLock;

import dev.snapvec.SafeIndex;

/**
 * Adds indexes to a lifecycle that runs.
 */
class RunningIndexRegistry implements SnapvecIndexRegistry {

	private final IndexDefinitions definitions;

	private final ConfiguredIndexes indexes;

	private final PersistentIndexes snapshots;

	private final SnapvecLifecycle lifecycle;

	private final ReentrantLock lock = new ReentrantLock();

	RunningIndexRegistry(IndexDefinitions definitions, ConfiguredIndexes indexes, PersistentIndexes snapshots,
			SnapvecLifecycle lifecycle) {
		this.definitions = definitions;
		this.indexes = indexes;
		this.snapshots = snapshots;
		this.lifecycle = lifecycle;
	}

	@Override
	public SafeIndex register(String name, IndexProperties properties) {
		this.lock.lock();
		try {
			IndexDefinition definition = this.definitions.create(name, properties);
			SafeIndex index = this.indexes.create(definition);
			StoredIndex stored = this.snapshots.create(definition, index);
			this.lifecycle.add(stored, () -> {
				this.snapshots.add(stored);
				this.indexes.add(index);
				this.definitions.add(definition);
			});
			return index;
		}
		finally {
			this.lock.unlock();
		}
	}

}
