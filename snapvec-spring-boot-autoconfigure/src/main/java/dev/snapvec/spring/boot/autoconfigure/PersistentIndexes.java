package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.store.LogStats;
import dev.snapvec.store.Snapshot;

/**
 * All indexes with their stores.
 */
class PersistentIndexes implements IndexSnapshots {

	private final Map<String, StoredIndex> indexes = new ConcurrentSkipListMap<>();

	private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

	private final IndexObservation observation;

	private final IndexEvents events;

	PersistentIndexes(IndexDefinitions definitions, SnapvecIndexes indexes, IndexObservation observation,
			IndexEvents events) {
		this.observation = observation;
		this.events = events;
		for (IndexDefinition definition : definitions.all()) {
			add(create(definition, indexes.get(definition.name())));
		}
	}

	/** Makes an index, and does not show it to others yet. */
	StoredIndex create(IndexDefinition definition, SafeIndex index) {
		if (definition.follows()) {
			return new FollowingIndex(definition, index, this.listeners, this.events);
		}
		return createWritten(definition, index);
	}

	/** Makes one that is written here, and does not show it to others. */
	PersistentIndex createWritten(IndexDefinition definition, SafeIndex index) {
		return new PersistentIndex(definition, index, this.listeners, this.observation, this.events);
	}

	void add(StoredIndex index) {
		this.indexes.put(index.definition().name(), index);
	}

	Collection<StoredIndex> all() {
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
	public boolean isRestored(String index) {
		return get(index).isRestored();
	}

	@Override
	public Optional<LogStats> log(String index) {
		return get(index).log();
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
	public boolean isFollower(String index) {
		return get(index).definition().follows();
	}

	@Override
	public Optional<Snapshot> reload(String index) {
		return get(index).reload();
	}

	@Override
	public void addListener(SnapshotListener listener) {
		this.listeners.add(listener);
	}

	private StoredIndex get(String name) {
		StoredIndex index = this.indexes.get(name);
		if (index == null) {
			throw new NoSuchIndexException(name, List.copyOf(this.indexes.keySet()));
		}
		return index;
	}

}
