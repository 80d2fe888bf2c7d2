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
import dev.snapvec.internal.number.NumberQuery;
import dev.snapvec.internal.number.NumberedHandle;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The thread-safe handle to an index that an application shares between its threads. To a
 * {@link VectorIndex} it adds a name, a generation that grows with every change, and
 * atomic replacement of the whole index behind it.
 *
 * <h2>Threads</h2>
 * <p>
 * All guarantees of {@link VectorIndex} hold, and:
 * <ol>
 * <li>A search uses one index throughout: the one before a {@link #replace} or the one
 * after it.
 * <li>A mutation is never lost to a concurrent {@code replace}: it is applied either to
 * the old index before it, or to the new one after it.
 * <li>A mutation that returned has raised {@link #generation()}. So a search that starts
 * after the generation was read sees at least the changes of that generation, and a
 * result cached under it is never older than it says.
 * <li>{@link #isDirty()} is true from the return of a mutation until its generation is
 * marked as saved.
 * <li>No lock is held while listeners and caches are called: they may call every method,
 * and wait for other threads that do. So may an action {@linkplain #betweenMutations
 * between mutations}, except that waiting for another index or for the store is rejected.
 * </ol>
 * <p>
 * Messages of exceptions name the index.
 *
 * @since 0.1.0
 */
public final class SafeIndex {

	private final IndexErrors errors;

	private final IndexChanges changes;

	private final SearchChain searches = new SearchChain();

	private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();

	static {
		Numbers.provide(new Numbers() {
			@Override
			protected NumberedIndex indexOf(VectorIndex index) {
				return ((QuantizedIndex) index).numbers(); // holds for every index
			}

			@Override
			protected NumberedHandle handleOf(SafeIndex index) {
				return index.changes.numbered();
			}

			@Override
			protected RowFilter filterOf(NumberQuery query) {
				return new NumberFilter(query);
			}
		});
	}

	/**
	 * Creates the handle of an index, at generation 0 and not dirty, whatever the index
	 * contains. Change the index through this handle only from now on: other changes are
	 * neither counted nor recorded, and cached results become stale.
	 * @param name the name of the index, for messages; any text
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
	 * {@return the number of changes and replacements of the index since this handle was
	 * created; it never decreases}
	 */
	public long generation() {
		return this.changes.generation();
	}

	/**
	 * {@return whether the index changed since it was last marked as saved, or since this
	 * handle was created}
	 */
	public boolean isDirty() {
		return unsavedChanges() != 0;
	}

	/**
	 * Returns the number of changes since the index was last marked as saved, or since
	 * this handle was created. A batch is one change.
	 * @return the number of changes, 0 if the index is not dirty
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
	 * {@return the number of ids in the index}
	 */
	public int size() {
		return index().size();
	}

	/**
	 * {@return whether the index holds an id}
	 * @param id the id
	 */
	public boolean contains(String id) {
		return index().contains(id);
	}

	/**
	 * Reconstructs the approximate vector of an id from its code.
	 * @param id an id
	 * @return the reconstructed vector, or empty if the index does not hold the id
	 * @see VectorIndex#vector
	 */
	public Optional<float[]> vector(String id) {
		return this.errors.named(() -> index().vector(id));
	}

	/**
	 * {@return whether vectors can be added: false only for an index that is yet to be
	 * {@linkplain #fit fitted}}
	 */
	public boolean isFitted() {
		return !(index() instanceof TrainableIndex trainable) || trainable.isFitted();
	}

	/**
	 * Trains the index, as {@link #fit(float[][], ProgressListener)} does, without
	 * reporting progress.
	 * @param sample representative vectors, each of the dimension
	 * @throws IllegalStateException if the index is fitted already or being fitted, or
	 * needs no training
	 */
	public void fit(float[][] sample) {
		fit(sample, ProgressListener.NONE);
	}

	/**
	 * Trains the index on a sample, before its first vector is added. That takes long,
	 * but blocks nothing. The handle counts as changed. An index that
	 * {@linkplain #replace replaces} this one meanwhile is not trained by it.
	 * @param sample representative vectors, each of the dimension
	 * @param progress receives the progress of each phase, and a warning if the sample is
	 * small
	 * @throws IllegalStateException if the index is fitted already or being fitted, or
	 * needs no training
	 * @see TrainableIndex#fit(float[][], ProgressListener)
	 */
	public void fit(float[][] sample, ProgressListener progress) {
		this.changes.fit(sample, progress);
	}

	/**
	 * Adds a vector, as {@link VectorIndex#add} does.
	 * @param id its id, not in the index yet
	 * @param vector the vector
	 */
	public void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, all of them or none, as {@link VectorIndex#addAll} does.
	 * @param ids their ids
	 * @param vectors the vectors, one per id
	 */
	public void addAll(List<String> ids, float[][] vectors) {
		addAll(ids, vectors, ProgressListener.NONE);
	}

	/**
	 * Adds vectors, all of them or none. If the index is {@linkplain #replace replaced}
	 * while they are encoded, they are encoded again for the new index.
	 * @param ids their ids
	 * @param vectors the vectors, one per id
	 * @param progress receives how many vectors are encoded
	 * @see VectorIndex#addAll(List, float[][], ProgressListener)
	 */
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		put("addAll", ids, vectors, false, progress);
	}

	/**
	 * Adds a vector, or replaces the one that has its id, as {@link VectorIndex#upsert}
	 * does.
	 * @param id its id
	 * @param vector the vector
	 */
	public void upsert(String id, float[] vector) {
		upsertAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, each replacing the one that has its id, if any; all of them or none.
	 * @param ids their ids
	 * @param vectors the vectors, one per id
	 * @see VectorIndex#upsertAll
	 */
	public void upsertAll(List<String> ids, float[][] vectors) {
		put("upsertAll", ids, vectors, true, ProgressListener.NONE);
	}

	/**
	 * Deletes a vector, as {@link VectorIndex#delete} does.
	 * @param id its id
	 * @return whether the index held it
	 */
	public boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Deletes vectors; a search sees all of the deletions or none.
	 * @param ids their ids; those that the index does not hold, and repeated ones, are
	 * ignored
	 * @return the number of vectors deleted
	 * @throws FrozenIndexException if the index is frozen
	 * @throws IndexIoException if they cannot be recorded in the write-ahead log; nothing
	 * is deleted then
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
	 * Returns the vectors most similar to a query, as
	 * {@link VectorIndex#search(float[], int)} does.
	 * @param query a vector of the index's dimension, of finite numbers
	 * @param topK the number of hits at most, at least 1
	 * @return the hits, best first; immutable
	 */
	public List<Hit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Returns the vectors most similar to a query.
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
	 * The generation is read first: what a concurrent mutation changes is cached under a
	 * generation that ends with that mutation.
	 */
	private List<Hit> find(SearchRequest request) {
		return this.searches.search(request, generation(), () -> this.errors.namedAll(() -> index().search(request)));
	}

	/** Reads the generation first, as {@link #find} does. */
	private List<List<Hit>> findAll(List<SearchRequest> requests) {
		return this.searches.searchAll(new ArrayList<>(requests), generation(),
				(some) -> this.errors.namedAll(() -> index().searchAll(some)));
	}

	/**
	 * Runs many searches on the same index in parallel. Listeners receive each of them,
	 * with the average time of one.
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
	 * Measures recall: the share of the true nearest neighbours that searches return,
	 * with stored vectors as queries. Bypasses listeners, interceptors and the cache.
	 * @param options how many vectors to search for, and with which settings
	 * @return the measured recall
	 * @see VectorIndex#recall
	 */
	public RecallReport recall(RecallOptions options) {
		return this.errors.namedAll(() -> index().recall(options));
	}

	/**
	 * Freezes the index, as {@link VectorIndex#freeze} does: mutations are rejected from
	 * now on.
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
	 * Drops dead rows and frees spare memory, as {@link VectorIndex#compact} does.
	 * Searches and mutations continue meanwhile.
	 */
	public void compact() {
		index().compact();
	}

	/**
	 * Runs an action while no mutation is in progress. Searches continue meanwhile. The
	 * action may change this index; listeners are called afterwards. It must not wait for
	 * a thread that may wait for this index: changing another index and saving to a store
	 * are rejected.
	 * @param action the action; mutations of other threads wait for it
	 * @throws IllegalStateException if the calling thread is in such an action of another
	 * index
	 */
	public void betweenMutations(Runnable action) {
		this.changes.betweenMutations(action);
	}

	/**
	 * Returns whether the calling thread is in an action {@linkplain #betweenMutations
	 * between mutations} of any index. Such a thread must not wait for a lock whose owner
	 * may change an index.
	 * @return whether it is
	 */
	public static boolean isBetweenMutations() {
		return RankedLock.isHeld(LockRank.HANDLE);
	}

	/**
	 * Sets the log that records mutations before they are applied, from now on.
	 * @param log the log, which first receives the present index; {@code null} ends
	 * recording
	 * @throws IllegalStateException if the index has a log already, whose guarantees
	 * would end silently
	 */
	public void log(@Nullable MutationLog log) {
		this.changes.log(log);
	}

	/**
	 * Sets the guard that accepts or rejects changes from now on. Mutations in progress
	 * complete before.
	 * @param guard the guard; {@code null} accepts everything again
	 */
	public void guard(@Nullable IndexGuard guard) {
		this.changes.guard(guard);
	}

	/**
	 * {@return whether the index rejects mutations}
	 */
	public boolean isFrozen() {
		return index().isFrozen();
	}

	/**
	 * {@return the present settings and sizes of the index}
	 */
	public IndexStats stats() {
		return index().stats();
	}

	/**
	 * {@return the attributes of the index: names and values; immutable}
	 * @see VectorIndex#attributes()
	 */
	public Map<String, String> attributes() {
		return index().attributes();
	}

	/**
	 * Sets or changes an attribute of the index. The handle counts as changed.
	 * @param name the attribute's name
	 * @param value its value
	 * @see VectorIndex#attributes(Map)
	 */
	public void attribute(String name, String value) {
		this.changes.attribute(name, value);
	}

	/**
	 * {@return the index behind the handle, for reading; change it through the handle
	 * only}
	 */
	public VectorIndex index() {
		return this.changes.index();
	}

	/**
	 * Replaces the index behind the handle atomically, for example after a rebuild.
	 * Searches continue meanwhile, and the handle counts as changed. The new index
	 * becomes frozen if the old one is, and receives the old one's attributes except
	 * those that it has itself. A {@linkplain #guard guard} may restrict further which
	 * index is accepted.
	 * @param next the new index, of the same dimension; from now on, nothing else may
	 * change it; it is unchanged if this throws
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is different
	 */
	public VectorIndex replace(VectorIndex next) {
		return replace("replace", next, false);
	}

	/**
	 * Replaces the index behind the handle by one that was loaded from where this handle
	 * is saved. Like {@link #replace}, but the handle counts as saved, and the attributes
	 * are those of the loaded index.
	 * @param loaded the loaded index, of the same dimension; from now on, nothing else
	 * may change it
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is different
	 */
	public VectorIndex restore(VectorIndex loaded) {
		return replace("restore", loaded, true);
	}

	private VectorIndex replace(String call, VectorIndex next, boolean saved) {
		return this.changes.replace(call, next, saved, () -> tell((listener) -> listener.replaced(this)));
	}

	/**
	 * Saves the index to a file atomically. Mutations continue meanwhile. Does not change
	 * whether the handle is dirty, since the file may be a copy; see {@link #markSaved}.
	 * @param path the file to create or replace, in an existing directory
	 * @return a generation whose changes the file contains
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
	 * Declares the changes up to a generation as saved where the index will be restored
	 * from.
	 * @param generation the generation, as {@link #save} returned it
	 */
	public void markSaved(long generation) {
		this.changes.markSaved(generation);
	}

	/**
	 * Sets the cache of search results.
	 * @param cache the cache, or null for none
	 */
	public void searchCache(@Nullable SearchCache cache) {
		this.searches.cache(cache);
	}

	/**
	 * Adds an interceptor of searches: inside those that were added before, and outside
	 * the {@linkplain #searchCache cache}.
	 * @param interceptor the interceptor
	 */
	public void addSearchInterceptor(SearchInterceptor interceptor) {
		this.searches.add(interceptor);
	}

	/**
	 * Removes an interceptor of searches, however often it was added; does nothing if it
	 * was not. Searches in progress may still call it.
	 * @param interceptor the same instance
	 */
	public void removeSearchInterceptor(SearchInterceptor interceptor) {
		this.searches.remove(interceptor);
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 */
	public void addListener(IndexListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Removes a listener.
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
