package dev.snapvec.spring.boot.index;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapshotListener;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.observation.IndexObservation;

/**
 * The single map of an application's indexes by name, each with its definition, handle
 * and store. Also creates them, including those of tenants, which are not in the map.
 * Thread-safe. See docs/adr/0012-rooms-of-the-starter.md.
 * <p>
 * Internal: not for applications.
 */
public final class ManagedIndexes {

	private final Map<String, StoredIndex> indexes = new ConcurrentSkipListMap<>();

	private final List<Consumer<SafeIndex>> handlers = new CopyOnWriteArrayList<>();

	private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

	private final IndexObservation observation;

	private final IndexEvents events;

	public ManagedIndexes(IndexObservation observation, IndexEvents events) {
		this.observation = observation;
		this.events = events;
	}

	/** Creates an index, which is not yet visible to others. */
	public StoredIndex create(IndexDefinition definition, SafeIndex index) {
		return definition.follows() ? new FollowingIndex(definition, index, this.listeners, this.events)
				: createWritten(definition, index);
	}

	/** Creates an index that this process writes, not visible to others. */
	public PersistentIndex createWritten(IndexDefinition definition, SafeIndex index) {
		return new PersistentIndex(definition, index, this.listeners, this.observation, this.events);
	}

	/** Makes an index visible to others. */
	public void add(StoredIndex index) {
		this.indexes.put(index.definition().name(), index);
		this.handlers.forEach((handler) -> handler.accept(index.index()));
	}

	/**
	 * Registers a handler, which is called with every index that is added from now on.
	 */
	void addHandler(Consumer<SafeIndex> handler) {
		this.handlers.add(handler);
	}

	/** Registers a listener, which is notified of the snapshots of all indexes. */
	public void addListener(SnapshotListener listener) {
		this.listeners.add(listener);
	}

	public Collection<StoredIndex> all() {
		return this.indexes.values();
	}

	/** Those that this process writes. */
	public List<PersistentIndex> written() {
		return all().stream().filter(PersistentIndex.class::isInstance).map(PersistentIndex.class::cast).toList();
	}

	public List<IndexDefinition> definitions() {
		return all().stream().map(StoredIndex::definition).toList();
	}

	public List<String> names() {
		return List.copyOf(this.indexes.keySet());
	}

	public StoredIndex get(String name) {
		StoredIndex index = this.indexes.get(name);
		if (index == null) {
			throw new NoSuchIndexException(name, names());
		}
		return index;
	}

}
