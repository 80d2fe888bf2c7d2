package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.ToIntBiFunction;

import org.jspecify.annotations.Nullable;

import org.jspecify.annotations.Nullable;

/**
 * The one handle to an index that an application shares between its threads. To what a
 * {@link VectorIndex} does it adds a name, a generation that grows with every change, and
 * the replacement of the whole index underneath.
 *
 * <h2>Threads</h2>
 * <p>
 * Everything {@link VectorIndex} guarantees holds here too, and:
 * <ol>
 * <li>A search runs on one index from begin to end: the one before a {@link #replace} or
 * the one after it.
 * <li>A mutation is never lost to a concurrent {@code replace}: it is applied either
 * before it, to the old index, or after it, to the new one.
 * <li>A mutation that returned has raised {@link #generation()}. So what was searched
 * after the generation was read holds at least that generation's changes, and an answer
 * kept under it is never older than it says.
 * <li>{@link #isDirty()} is true once a mutation returned, until its generation is marked
 * as saved.
 * </ol>
 *
 * @since 0.1.0
 */
public final class SafeIndex {

	private final String name;

	private final AtomicLong generation = new AtomicLong();

	private final AtomicLong savedGeneration = new AtomicLong();

	private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();

	/** Mutations share it, so that they can go on at once; a replacement has it alone. */
	private final ReentrantReadWriteLock replacement = new ReentrantReadWriteLock();

	private final BusyIds busy = new BusyIds();

	/** Guarded by {@link #replacement}. */
	private @Nullable MutationLog log;

	private volatile VectorIndex index;

	private volatile @Nullable SearchCache searchCache;

	/**
	 * Wraps an index, which nothing else may change from now on.
	 * @param name what to call it
	 * @param index the index
	 */
	public SafeIndex(String name, VectorIndex index) {
		this.name = name;
		this.index = index;
	}

	/**
	 * Returns the name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns how often the index changed or was replaced since this handle was made.
	 * @return a number that never falls
	 */
	public long generation() {
		return this.generation.get();
	}

	/**
	 * Tells whether the index changed since it was last saved through this handle, or
	 * since the handle was made.
	 * @return whether there is something to save
	 */
	public boolean isDirty() {
		return this.generation.get() != this.savedGeneration.get();
	}

	/**
	 * Returns the length of the vectors.
	 * @return the dimension
	 */
	public int dimension() {
		return this.index.dimension();
	}

	/**
	 * Returns how many ids the index holds.
	 * @return the number of live rows
	 */
	public int size() {
		return this.index.size();
	}

	/**
	 * Tells whether the index holds an id.
	 * @param id an id
	 * @return whether a row has it
	 */
	public boolean contains(String id) {
		return this.index.contains(id);
	}

	/**
	 * Rebuilds the vector of a row from what is kept of it.
	 * @param id an id
	 * @return about the vector, or nothing if no row has the id
	 * @see VectorIndex#vector
	 */
	public Optional<float[]> vector(String id) {
		return this.index.vector(id);
	}

	/**
	 * Tells whether rows can be added: false only for an index that is yet to
	 * {@linkplain #fit learn}.
	 * @return whether the index has learned, or has nothing to learn
	 */
	public boolean isFitted() {
		return !(this.index instanceof TrainableIndex trainable) || trainable.isFitted();
	}

	/**
	 * Has the index learn from a sample, before its first row.
	 * @param sample vectors like those to be added
	 * @throws IllegalStateException if the index has learned, or has nothing to learn
	 * @see TrainableIndex#fit(float[][])
	 */
	public void fit(float[][] sample) {
		fit(sample, ProgressListener.NONE);
	}

	/**
	 * Has the index learn from a sample, before its first row. That takes long; nothing
	 * waits for it. The handle counts as changed. An index that {@linkplain #replace
	 * replaces} this one meanwhile has learned nothing from it.
	 * @param sample vectors like those to be added
	 * @param progress is told of each phase, and warned of a sample that is small
	 * @throws IllegalStateException if the index has learned, or has nothing to learn
	 * @see TrainableIndex#fit(float[][], ProgressListener)
	 */
	public void fit(float[][] sample, ProgressListener progress) {
		VectorIndex index = this.index;
		if (!(index instanceof TrainableIndex trainable)) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' is a %s, which learns nothing; add vectors at once",
							this.name, index.getClass().getSimpleName()));
		}
		trainable.fit(sample, progress);
		this.generation.incrementAndGet();
	}

	/**
	 * Adds a row.
	 * @param id its id, not in the index yet
	 * @param vector its vector
	 * @see VectorIndex#add
	 */
	public void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds rows, all of them or none.
	 * @param ids their ids
	 * @param vectors their vectors, one an id
	 * @see VectorIndex#addAll(List, float[][])
	 */
	public void addAll(List<String> ids, float[][] vectors) {
		addAll(ids, vectors, ProgressListener.NONE);
	}

	/**
	 * Adds rows, all of them or none.
	 * @param ids their ids
	 * @param vectors their vectors, one an id
	 * @param progress is told how many rows are encoded
	 * @see VectorIndex#addAll(List, float[][], ProgressListener)
	 */
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		int rows = put(ids, vectors, false, progress);
		this.listeners.forEach((listener) -> listener.added(this, rows));
	}

	/**
	 * Adds a row, in place of the one that has the id, if any.
	 * @param id its id
	 * @param vector its vector
	 * @see VectorIndex#upsert
	 */
	public void upsert(String id, float[] vector) {
		upsertAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds rows, each in place of the one that has its id, if any; all of them or none.
	 * @param ids their ids
	 * @param vectors their vectors, one an id
	 * @see VectorIndex#upsertAll
	 */
	public void upsertAll(List<String> ids, float[][] vectors) {
		int rows = put(ids, vectors, true, ProgressListener.NONE);
		this.listeners.forEach((listener) -> listener.added(this, rows));
	}

	/**
	 * Removes a row.
	 * @param id its id
	 * @return whether it was there
	 * @see VectorIndex#delete
	 */
	public boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Removes rows, at one moment for readers.
	 * @param ids their ids; those that are not there are ignored
	 * @return how many were there
	 * @see VectorIndex#deleteAll
	 */
	public int deleteAll(Collection<String> ids) {
		int rows = mutate(ids, (index, log) -> {
			if (log != null && !index.isFrozen()) {
				List<String> present = ids.stream().filter(index::contains).distinct().toList();
				if (present.isEmpty()) {
					return 0;
				}
				log.delete(present);
			}
			return index.deleteAll(ids);
		});
		this.listeners.forEach((listener) -> listener.deleted(this, rows));
		return rows;
	}

	private int put(List<String> givenIds, float[][] vectors, boolean replace, ProgressListener progress) {
		// the log reads them by position, which a linked list takes long for
		List<String> ids = new ArrayList<>(givenIds);
		return mutate(ids, (index, log) -> {
			// every index is one
			((QuantizedIndex) index).put(ids, vectors, replace, progress, () -> {
				if (log != null && !ids.isEmpty()) {
					log.put(ids, vectors);
				}
			});
			return ids.size();
		});
	}

	private int mutate(Collection<String> ids, ToIntBiFunction<VectorIndex, @Nullable MutationLog> mutation) {
		this.replacement.readLock().lock();
		try {
			MutationLog log = this.log;
			Set<String> entered = (log != null) ? this.busy.enter(ids) : Set.of();
			try {
				int rows = mutation.applyAsInt(this.index, log);
				if (rows > 0) {
					this.generation.incrementAndGet();
				}
				return rows;
			}
			finally {
				if (log != null) {
					this.busy.leave(entered);
				}
			}
		}
		finally {
			this.replacement.readLock().unlock();
		}
	}

	/**
	 * Finds the rows most similar to a query.
	 * @param query a finite vector of the dimension
	 * @param topK how many to find at most, at least 1
	 * @return the hits, best first; immutable
	 * @see VectorIndex#search(float[], int)
	 */
	public List<Hit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Finds the rows most similar to a query.
	 * @param request the query and how to search for it
	 * @return the hits, best first; immutable
	 * @see VectorIndex#search(SearchRequest)
	 */
	public List<Hit> search(SearchRequest request) {
		if (this.listeners.isEmpty()) {
			return find(request);
		}
		long start = System.nanoTime();
		List<Hit> hits = find(request);
		long nanos = System.nanoTime() - start;
		for (IndexListener listener : this.listeners) {
			listener.searched(this, nanos, hits.size());
		}
		return hits;
	}

	/**
	 * The generation is read first: what a mutation changes in between is remembered
	 * under a generation that ends with it.
	 */
	private List<Hit> find(SearchRequest request) {
		SearchCache cache = this.searchCache;
		return (cache != null) ? cache.get(request, this.generation.get(), () -> this.index.search(request))
				: this.index.search(request);
	}

	/** With the generation read first, as in {@link #find}. */
	private List<List<Hit>> findAll(List<SearchRequest> givenRequests) {
		List<SearchRequest> requests = new ArrayList<>(givenRequests);
		SearchCache cache = this.searchCache;
		return (cache != null)
				? cache.getAll(requests, this.generation.get(), (missing) -> this.index.searchAll(missing))
				: this.index.searchAll(requests);
	}

	/**
	 * Runs many searches on the same index, several at a time. Listeners are told of
	 * each, with the time that one took on average.
	 * @param requests the searches
	 * @return the hits of each, in the same order
	 * @see VectorIndex#searchAll(List)
	 */
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		long start = System.nanoTime();
		List<List<Hit>> hits = findAll(requests);
		long nanos = (System.nanoTime() - start) / Math.max(1, requests.size());
		for (IndexListener listener : this.listeners) {
			hits.forEach((found) -> listener.searched(this, nanos, found.size()));
		}
		return hits;
	}

	/**
	 * Measures how much of what there is to find searches find. Neither listeners nor the
	 * cache notice.
	 * @param options how many vectors to ask for, and with which settings
	 * @return what was found
	 * @see VectorIndex#recall
	 */
	public RecallReport recall(RecallOptions options) {
		return this.index.recall(options);
	}

	/**
	 * Ends writing.
	 * @see VectorIndex#freeze
	 */
	public void freeze() {
		betweenMutations(() -> this.index.freeze());
	}

	/**
	 * Allows mutations again.
	 * @see VectorIndex#unfreeze
	 */
	public void unfreeze() {
		betweenMutations(() -> this.index.unfreeze());
	}

	/**
	 * Drops deleted rows and gives back spare memory. Searches and mutations go on
	 * meanwhile.
	 * @see VectorIndex#compact
	 */
	public void compact() {
		this.index.compact();
	}

	/**
	 * Runs an action while no mutation is under way. Searches go on meanwhile.
	 * @param action the action, which makes other mutations wait
	 */
	public void betweenMutations(Runnable action) {
		this.replacement.writeLock().lock();
		try {
			action.run();
		}
		finally {
			this.replacement.writeLock().unlock();
		}
	}

	/**
	 * Has mutations recorded before they are applied, from now on.
	 * @param log the log, told first of the index as it is; {@code null} ends it
	 */
	public void log(@Nullable MutationLog log) {
		betweenMutations(() -> {
			if (log != null) {
				log.begin(this.index);
			}
			this.log = log;
		});
	}

	/**
	 * Tells whether mutations are refused.
	 * @return whether the index is frozen
	 */
	public boolean isFrozen() {
		return this.index.isFrozen();
	}

	/**
	 * Describes the index as it is now.
	 * @return its parameters and sizes
	 */
	public IndexStats stats() {
		return this.index.stats();
	}

	/**
	 * Returns what is noted of the index beside its parameters.
	 * @return names and values, immutable
	 * @see VectorIndex#attributes()
	 */
	public Map<String, String> attributes() {
		return this.index.attributes();
	}

	/**
	 * Notes something of the index, or changes it. The handle counts as changed.
	 * @param name its name
	 * @param value its value
	 * @see VectorIndex#attributes(Map)
	 */
	public void attribute(String name, String value) {
		this.replacement.writeLock().lock();
		try {
			Map<String, String> attributes = new HashMap<>(this.index.attributes());
			attributes.put(name, value);
			attributes = IndexSettings.checked(attributes);
			if (this.log != null) {
				this.log.attribute(name, value);
			}
			this.index.attributes(attributes);
			this.generation.incrementAndGet();
		}
		finally {
			this.replacement.writeLock().unlock();
		}
	}

	/**
	 * Returns the index underneath, to look at; change it through this handle only.
	 * @return the current index
	 */
	public VectorIndex index() {
		return this.index;
	}

	/**
	 * Puts another index in the place of the one underneath, after a rebuild. Searches go
	 * on meanwhile, and the handle counts as changed.
	 * @param next the new index, of the same dimension, which nothing else may change
	 * from now on
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is another one
	 */
	public VectorIndex replace(VectorIndex next) {
		return replace(next, false);
	}

	/**
	 * Puts an index in the place of the one underneath that was loaded from where this
	 * handle is saved to. It is as {@link #replace}, but the handle counts as saved.
	 * @param loaded the loaded index, of the same dimension, which nothing else may
	 * change from now on
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is another one
	 */
	public VectorIndex restore(VectorIndex loaded) {
		return replace(loaded, true);
	}

	private VectorIndex replace(VectorIndex next, boolean saved) {
		if (next.dimension() != dimension()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the new index has dimension %d, index '%s' has dimension %d",
							next.dimension(), this.name, dimension()));
		}
		VectorIndex old;
		this.replacement.writeLock().lock();
		try {
			old = this.index;
			if (this.log != null) {
				this.log.begin(next);
			}
			this.index = next;
			long generation = this.generation.incrementAndGet();
			if (saved) {
				this.savedGeneration.set(generation);
			}
		}
		finally {
			this.replacement.writeLock().unlock();
		}
		this.listeners.forEach((listener) -> listener.replaced(this));
		return old;
	}

	/**
	 * Saves the index to a file, whole or not at all. Mutations go on meanwhile. Whether
	 * the handle is dirty does not change: the file may be a copy; see
	 * {@link #markSaved}.
	 * @param path the file to make or replace, in an existing directory
	 * @return a generation whose changes are all in the file
	 * @see VectorIndex#save
	 */
	public long save(Path path) {
		long generation = this.generation.get();
		this.index.save(path);
		return generation;
	}

	/**
	 * Notes that the changes up to a generation are where the index will be restored
	 * from.
	 * @param generation the generation, as {@link #save} returned it
	 */
	public void markSaved(long generation) {
		this.savedGeneration.accumulateAndGet(generation, Math::max);
	}

	/**
	 * Has answers remembered from now on.
	 * @param cache remembers them, or null for nothing to
	 */
	public void searchCache(@Nullable SearchCache cache) {
		this.searchCache = cache;
	}

	/**
	 * Has a listener told what happens from now on.
	 * @param listener the listener
	 */
	public void addListener(IndexListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Ends that.
	 * @param listener the listener
	 */
	public void removeListener(IndexListener listener) {
		this.listeners.remove(listener);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "SafeIndex(%s, generation=%d, %s)", this.name, generation(), this.index);
	}

}
