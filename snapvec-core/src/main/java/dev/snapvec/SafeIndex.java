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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

import dev.snapvec.internal.lock.LockRank;
import dev.snapvec.internal.lock.RankedLock;
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
 * <li>No lock is held while listeners and caches are called: they may call every method,
 * and wait for other threads that do. An action {@linkplain #betweenMutations between
 * mutations} may too, but what it must not wait for is refused: another index, and the
 * store.
 * </ol>
 * <p>
 * Exceptions name the index.
 *
 * @since 0.1.0
 */
public final class SafeIndex {

	private static final IndexGuard UNGUARDED = new IndexGuard() {
	};

	/** That another index took the place of the one that encoded a batch. */
	private static final int REPLACED = -1;

	private final String name;

	private final AtomicLong generation = new AtomicLong();

	private final AtomicLong savedGeneration = new AtomicLong();

	private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();

	private final HandleLock lock;

	private final BusyIds busy = new BusyIds();

	/** Guarded by {@link #lock}. */
	private @Nullable MutationLog log;

	private volatile IndexGuard guard = UNGUARDED;

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
		this.lock = new HandleLock(name);
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
		return unsavedChanges() != 0;
	}

	/**
	 * Tells how often the index changed since it was last saved through this handle, or
	 * since the handle was made. A batch is one change.
	 * @return 0 if it is not dirty
	 */
	public long unsavedChanges() {
		long saved = this.savedGeneration.get();
		return this.generation.get() - saved;
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
		return named(() -> this.index.vector(id));
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
	 * @throws IllegalStateException if the index has learned, or has nothing to learn, or
	 * learns already
	 * @see TrainableIndex#fit(float[][], ProgressListener)
	 */
	public void fit(float[][] sample, ProgressListener progress) {
		VectorIndex index = this.index;
		if (!(index instanceof TrainedIndex trained)) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "index '%s' is a %s, which learns nothing; add vectors at once",
							this.name, index.getClass().getSimpleName()));
		}
		this.guard.change(this, "fit");
		namedAll(() -> {
			trained.requireFittable(sample);
			return trained;
		});
		named(() -> {
			trained.fit(sample, progress, (learned) -> this.lock.shared("fit", () -> {
				this.guard.change(this, "fit");
				learned.run();
				this.generation.incrementAndGet();
				return 1;
			}));
			return trained;
		});
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
	 * Adds rows, all of them or none. If another index {@linkplain #replace takes the
	 * place} of this one while they are encoded, they are encoded again, for that one.
	 * @param ids their ids
	 * @param vectors their vectors, one an id
	 * @param progress is told how many rows are encoded
	 * @see VectorIndex#addAll(List, float[][], ProgressListener)
	 */
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		put("addAll", ids, vectors, false, progress);
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
		put("upsertAll", ids, vectors, true, ProgressListener.NONE);
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
		List<String> deleting = List.copyOf(ids);
		int rows = mutate("deleteAll", deleting, (index, log) -> {
			if (log != null) {
				List<String> present = deleting.stream().filter(index::contains).distinct().toList();
				if (present.isEmpty()) {
					return 0;
				}
				log.delete(present);
			}
			return index.deleteAll(deleting);
		});
		tell((listener) -> listener.deleted(this, rows));
		return rows;
	}

	private void put(String call, List<String> ids, float[][] vectors, boolean replace, ProgressListener progress) {
		List<String> adding = List.copyOf(ids); // which is read by position
		if (adding.size() != vectors.length) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "index '%s': got %d ids but %d vectors; expected one vector per id",
							this.name, adding.size(), vectors.length));
		}
		int rows;
		do {
			rows = encodeAndPut(call, adding, vectors, replace, progress);
		}
		while (rows == REPLACED);
		int added = rows;
		tell((listener) -> listener.added(this, added));
	}

	/** Encodes without the lock, as that takes long and tells a listener. */
	private int encodeAndPut(String call, List<String> ids, float[][] vectors, boolean replace,
			ProgressListener progress) {
		QuantizedIndex encoding = (QuantizedIndex) this.index; // every index is one
		requireMutable(encoding, call);
		IndexWriter.Batch batch = named(() -> encoding.encode(ids, vectors, replace, progress));
		return mutate(call, ids, (index, log) -> {
			if (index != encoding) {
				return REPLACED;
			}
			encoding.put(batch, (log != null && !ids.isEmpty()) ? () -> log.put(ids, vectors) : null);
			return ids.size();
		});
	}

	private void requireMutable(VectorIndex index, String call) {
		this.guard.change(this, call);
		if (index.isFrozen()) {
			throw new FrozenIndexException(String.format(Locale.ROOT,
					"index '%s' is frozen and holds %d rows; unfreeze it to change it", this.name, index.size()));
		}
	}

	private int mutate(String call, List<String> ids, ToIntBiFunction<VectorIndex, @Nullable MutationLog> mutation) {
		return this.lock.shared(call, () -> {
			VectorIndex index = this.index;
			requireMutable(index, call);
			MutationLog log = this.log;
			Set<String> entered = (log != null) ? this.busy.enter(ids) : Set.of();
			try {
				int rows = named(() -> mutation.applyAsInt(index, log));
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
		});
	}

	/** Calls listeners, with no lock held. */
	private void tell(Consumer<IndexListener> event) {
		if (!this.listeners.isEmpty()) {
			this.lock.afterwards(() -> this.listeners.forEach(event));
		}
	}

	/** Has exceptions of the index name it. */
	private <T> T named(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SnapvecException ex) {
			throw ex.of(this.name);
		}
	}

	/** As {@link #named}, where no code of the application is called. */
	private <T> T namedAll(Supplier<T> call) {
		try {
			return named(call);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(message(ex), ex);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException(message(ex), ex);
		}
	}

	private String message(RuntimeException ex) {
		return String.format(Locale.ROOT, "index '%s': %s", this.name, ex.getMessage());
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
		tell((listener) -> listener.searched(this, nanos, hits.size()));
		return hits;
	}

	/**
	 * The generation is read first: what a mutation changes in between is remembered
	 * under a generation that ends with it.
	 */
	private List<Hit> find(SearchRequest request) {
		SearchCache cache = this.searchCache;
		return (cache != null) ? cache.get(request, this.generation.get(), () -> run(request)) : run(request);
	}

	private List<Hit> run(SearchRequest request) {
		return namedAll(() -> this.index.search(request));
	}

	/** With the generation read first, as in {@link #find}. */
	private List<List<Hit>> findAll(List<SearchRequest> givenRequests) {
		List<SearchRequest> requests = new ArrayList<>(givenRequests);
		SearchCache cache = this.searchCache;
		return (cache != null) ? cache.getAll(requests, this.generation.get(), this::runAll) : runAll(requests);
	}

	private List<List<Hit>> runAll(List<SearchRequest> requests) {
		return namedAll(() -> this.index.searchAll(requests));
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
		tell((listener) -> hits.forEach((found) -> listener.searched(this, nanos, found.size())));
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
		return namedAll(() -> this.index.recall(options));
	}

	/**
	 * Ends writing.
	 * @see VectorIndex#freeze
	 */
	public void freeze() {
		this.lock.exclusively("freeze", () -> this.index.freeze());
	}

	/**
	 * Allows mutations again.
	 * @see VectorIndex#unfreeze
	 */
	public void unfreeze() {
		this.lock.exclusively("unfreeze", () -> {
			this.guard.change(this, "unfreeze");
			this.index.unfreeze();
		});
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
	 * Runs an action while no mutation is under way. Searches go on meanwhile. The action
	 * may change this index; listeners are told afterwards. It must not wait for who may
	 * wait for this index: changes of another index, and saving to a store, are refused.
	 * @param action the action, which makes other mutations wait
	 * @throws IllegalStateException if the calling thread runs such an action of another
	 * index
	 */
	public void betweenMutations(Runnable action) {
		this.lock.exclusively("betweenMutations", action);
	}

	/**
	 * Tells whether the calling thread runs an action {@linkplain #betweenMutations
	 * between mutations}, of this index or another one. It must not wait for a lock whose
	 * owner may change an index.
	 * @return whether it does
	 */
	public static boolean isBetweenMutations() {
		return RankedLock.isHeld(LockRank.HANDLE);
	}

	/**
	 * Has mutations recorded before they are applied, from now on.
	 * @param log the log, told first of the index as it is; {@code null} ends it
	 * @throws IllegalStateException if another log records them: what it promised would
	 * end without a word
	 */
	public void log(@Nullable MutationLog log) {
		this.lock.exclusively("log", () -> {
			if (log != null && this.log != null && this.log != log) {
				throw new IllegalStateException(String.format(Locale.ROOT,
						"index '%s' is recorded already; end that before another log begins", this.name));
			}
			if (log != null) {
				log.begin(this.index);
			}
			this.log = log;
		});
	}

	/**
	 * Has changes refused that a guard does not take, from now on. One that is under way
	 * ends before.
	 * @param guard decides; {@code null} takes everything again
	 */
	public void guard(@Nullable IndexGuard guard) {
		this.lock.exclusively("guard", () -> this.guard = (guard != null) ? guard : UNGUARDED);
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
		this.lock.exclusively("attribute", () -> {
			this.guard.change(this, "attribute");
			this.guard.attribute(this, name, value);
			Map<String, String> attributes = new HashMap<>(this.index.attributes());
			attributes.put(name, value);
			Map<String, String> checked = namedAll(() -> UserAttributes.checked(attributes));
			if (this.log != null) {
				this.log.attribute(name, value);
			}
			this.index.attributes(checked);
			this.generation.incrementAndGet();
		});
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
	 * on meanwhile, and the handle counts as changed. The new index is frozen if the old
	 * one is, and has its attributes but for those of which it has a value of its own. A
	 * {@linkplain #guard guard} may take less than any index of the dimension.
	 * @param next the new index, of the same dimension, which nothing else may change
	 * from now on; it is as it was if this throws
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is another one
	 */
	public VectorIndex replace(VectorIndex next) {
		return replace("replace", next, false);
	}

	/**
	 * Puts an index in the place of the one underneath that was loaded from where this
	 * handle is saved to. It is as {@link #replace}, but the handle counts as saved, and
	 * the attributes are those that were loaded.
	 * @param loaded the loaded index, of the same dimension, which nothing else may
	 * change from now on
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is another one
	 */
	public VectorIndex restore(VectorIndex loaded) {
		return replace("restore", loaded, true);
	}

	private VectorIndex replace(String call, VectorIndex next, boolean saved) {
		if (next.dimension() != dimension()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the new index has dimension %d, index '%s' has dimension %d",
							next.dimension(), this.name, dimension()));
		}
		VectorIndex[] old = new VectorIndex[1];
		this.lock.exclusively(call, () -> {
			old[0] = this.index;
			this.guard.change(this, call);
			named(() -> succeed(old[0], next, saved));
			long generation = this.generation.incrementAndGet();
			if (saved) {
				this.savedGeneration.set(generation);
			}
			tell((listener) -> listener.replaced(this));
		});
		return old[0];
	}

	/** Makes an index the successor of another one, or leaves both as they are. */
	private VectorIndex succeed(VectorIndex old, VectorIndex next, boolean saved) {
		Map<String, String> attributes = next.attributes();
		boolean frozen = next.isFrozen();
		try {
			if (!saved) {
				Map<String, String> all = new HashMap<>(old.attributes());
				all.putAll(attributes);
				next.attributes(all);
			}
			this.guard.replace(this, next);
			if (old.isFrozen()) {
				next.freeze();
			}
			if (this.log != null) {
				this.log.begin(next);
			}
			this.index = next;
			return next;
		}
		catch (RuntimeException | Error ex) {
			next.attributes(attributes);
			if (!frozen && old != next) {
				next.unfreeze();
			}
			throw ex;
		}
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
		VectorIndex index = this.index;
		namedAll(() -> {
			index.save(path);
			return path;
		});
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
