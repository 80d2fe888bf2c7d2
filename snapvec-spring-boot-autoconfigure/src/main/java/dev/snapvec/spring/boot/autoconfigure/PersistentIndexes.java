package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.store.Snapshot;

/**
 * All indexes with their stores.
 */
class PersistentIndexes implements IndexSnapshots {

	private final Map<String, PersistentIndex> indexes = new TreeMap<>();

	private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

	PersistentIndexes(IndexDefinitions definitions, SnapvecIndexes indexes, IndexObservation observation,
			IndexEvents events) {
		for (IndexDefinition definition : definitions.all()) {
			String name = definition.name();
			this.indexes.put(name,
					new PersistentIndex(definition, indexes.get(name), this.listeners, observation, events));
		}
	}

	Collection<PersistentIndex> all() {
		return this.indexes.values();
	}

	@Override
	public boolean isDirty(String index) {
		return get(index).isDirty();
	}

	@Override
	public Path directory(String index) {
		return get(index).definition().directory();
	}

	@Override
	public List<Snapshot> list(String index) {
		return get(index).snapshots();
	}

	@Override
	public Optional<Snapshot> latest(String index) {
		return Optional.ofNullable(get(index).latest());
	}

	@Override
	public Optional<Duration> restoreTime(String index) {
		return Optional.ofNullable(get(index).restoreTime());
	}

	@Override
	public Optional<Exception> failure(String index) {
		return Optional.ofNullable(get(index).failure());
	}

	@Override
	public int retained(String index) {
		return get(index).definition().snapshotsRetained();
	}

	@Override
	public Optional<Instant> next(String index) {
		return get(index).next();
	}

	@Override
	public Optional<Snapshot> write(String index) {
		return get(index).write();
	}

	@Override
	public void addListener(SnapshotListener listener) {
		this.listeners.add(listener);
	}

	private PersistentIndex get(String name) {
		PersistentIndex index = this.indexes.get(name);
		if (index == null) {
			throw new NoSuchIndexException(name, List.copyOf(this.indexes.keySet()));
		}
		return index;
	}

}
