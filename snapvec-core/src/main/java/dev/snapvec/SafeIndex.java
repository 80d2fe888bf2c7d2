package dev.snapvec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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

	private final IndexErrors errors;

	private final IndexChanges changes;

	private final SearchChain searches = new SearchChain();

	private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Wraps an index, which nothing else may change from now on.
	 * @param name what to call it
	 * @param index the index
	 */
	public SafeIndex(String name, VectorIndex index) {
		this.errors = new IndexErrors(name);
		this.changes = new IndexChanges(this, this.errors, index);
	}

	/**
	 * {@return the name}
	 */
	public String name() {
		return this.errors.index();
	}

	/**
	 * {@return how often the index changed or was replaced since this handle was made; it
	 * never falls}
	 */
	public long generation() {
		return this.changes.generation();
	}

	/**
	 * {@return whether the index changed since it was last saved through this handle, or
	 * since the handle was made}
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
		return this.changes.unsavedChanges();
	}

	/**
	 * {@return the dimension of the vectors}
	 */
	public int dimension() {
		return index().dimension();
	}

	/**
	 * {@return how many ids the index holds}
	 */
	public int size() {
		return index().size();
	}

	/**
	 * {@return whether a row has an id}
	 * @param id the id
	 */
	public boolean contains(String id) {
		return index().contains(id);
	}

	/**
	 * Rebuilds the vector of a row from what is kept of it.
	 * @param id an id
	 * @return about the vector, or nothing if no row has the id
	 * @see VectorIndex#vector
	 */
	public Optional<float[]> vector(String id) {
		return this.errors.named(() -> index().vector(id));
	}

	/**
	 * {@return whether rows can be added: false only for an index that is yet to
	 * {@linkplain #fit learn}}
	 */
	public boolean isFitted() {
		return !(index() instanceof TrainableIndex trainable) || trainable.isFitted();
	}

	/**
	 * Trains the index, as {@link #fit(float[][], ProgressListener)} does, untold.
	 * @param sample vectors like those to be added
	 * @throws IllegalStateException if the index is trained, or needs no training
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
		this.changes.fit(sample, progress);
	}

	/**
	 * Adds a row, as {@link VectorIndex#add} does.
	 * @param id its id, not in the index yet
	 * @param vector its vector
	 */
	public void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds rows, all of them or none, as {@link VectorIndex#addAll} does.
	 * @param ids their ids
	 * @param vectors their vectors, one an id
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
	 * Adds a row in place of the one that has its id, as {@link VectorIndex#upsert} does.
	 * @param id its id
	 * @param vector its vector
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
	 * Removes a row, as {@link VectorIndex#delete} does.
	 * @param id its id
	 * @return whether it was there
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
		int rows = this.changes.deleteAll(ids);
		tell((listener) -> listener.deleted(this, rows));
		return rows;
	}

	private void put(String call, List<String> ids, float[][] vectors, boolean replace, ProgressListener progress) {
		int added = this.changes.put(call, ids, vectors, replace, progress);
		tell((listener) -> listener.added(this, added));
	}

	/** Calls listeners, with no lock held. */
	private void tell(Consumer<IndexListener> event) {
		if (!this.listeners.isEmpty()) {
			this.changes.afterwards(() -> this.listeners.forEach(event));
		}
	}

	/**
	 * Finds the rows most similar to a query, as {@link VectorIndex#search(float[], int)}
	 * does.
	 * @param query a finite vector of the dimension
	 * @param topK how many to find at most, at least 1
	 * @return the hits, best first; immutable
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
	 * The generation is read first: what a mutation changes in between is cached under a
	 * generation that ends with it.
	 */
	private List<Hit> find(SearchRequest request) {
		return this.searches.search(request, generation(), () -> this.errors.namedAll(() -> index().search(request)));
	}

	/** With the generation read first, as in {@link #find}. */
	private List<List<Hit>> findAll(List<SearchRequest> requests) {
		return this.searches.searchAll(new ArrayList<>(requests), generation(),
				(some) -> this.errors.namedAll(() -> index().searchAll(some)));
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
		return this.errors.namedAll(() -> index().recall(options));
	}

	/**
	 * Ends writing, as {@link VectorIndex#freeze} does.
	 */
	public void freeze() {
		this.changes.freeze();
	}

	/**
	 * Allows mutations again, as {@link VectorIndex#unfreeze} does.
	 */
	public void unfreeze() {
		this.changes.unfreeze();
	}

	/**
	 * Drops deleted rows and gives back spare memory, as {@link VectorIndex#compact}
	 * does. Searches and mutations go on meanwhile.
	 */
	public void compact() {
		index().compact();
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
		this.changes.betweenMutations(action);
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
		this.changes.log(log);
	}

	/**
	 * Has changes refused that a guard does not take, from now on. One that is under way
	 * ends before.
	 * @param guard decides; {@code null} takes everything again
	 */
	public void guard(@Nullable IndexGuard guard) {
		this.changes.guard(guard);
	}

	/**
	 * {@return whether mutations are refused}
	 */
	public boolean isFrozen() {
		return index().isFrozen();
	}

	/**
	 * {@return parameters and sizes of the index as it is now}
	 */
	public IndexStats stats() {
		return index().stats();
	}

	/**
	 * {@return names and values of what is noted of the index beside its parameters;
	 * immutable}
	 * @see VectorIndex#attributes()
	 */
	public Map<String, String> attributes() {
		return index().attributes();
	}

	/**
	 * Notes something of the index, or changes it. The handle counts as changed.
	 * @param name its name
	 * @param value its value
	 * @see VectorIndex#attributes(Map)
	 */
	public void attribute(String name, String value) {
		this.changes.attribute(name, value);
	}

	/**
	 * {@return the index underneath, to look at; change it through this handle only}
	 */
	public VectorIndex index() {
		return this.changes.index();
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
		return this.changes.replace(call, next, saved, () -> tell((listener) -> listener.replaced(this)));
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
		long generation = generation();
		VectorIndex index = index();
		this.errors.namedAll(() -> {
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
		this.changes.markSaved(generation);
	}

	/**
	 * Has answers remembered from now on.
	 * @param cache remembers them, or null for nothing to
	 */
	public void searchCache(@Nullable SearchCache cache) {
		this.searches.cache(cache);
	}

	/**
	 * Has an interceptor surround searches from now on: inside those that were added
	 * before, and outside the {@linkplain #searchCache cache}.
	 * @param interceptor the interceptor
	 */
	public void addSearchInterceptor(SearchInterceptor interceptor) {
		this.searches.add(interceptor);
	}

	/**
	 * Ends that.
	 * @param interceptor the interceptor
	 */
	public void removeSearchInterceptor(SearchInterceptor interceptor) {
		this.searches.remove(interceptor);
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
		return String.format(Locale.ROOT, "SafeIndex(%s, generation=%d, %s)", name(), generation(), index());
	}

}
