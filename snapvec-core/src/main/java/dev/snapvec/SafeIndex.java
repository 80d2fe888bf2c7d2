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

import org.jspecify.annotations.Nullable;

/**
 * The thread-safe handle to an index that an application shares between its threads. To a
 * {@link VectorIndex} it adds a name, a generation that grows with every change, and
 * atomic replacement of the whole index behind it. It may also stand in front of another
 * {@link IndexBackend}, which then gives the guarantees that it documents.
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
 * and wait for other threads that do. So may an action
 * {@linkplain LocalIndex#betweenMutations between mutations}, except that waiting for
 * another index or for the store is rejected.
 * </ol>
 * <p>
 * Messages of exceptions name the index.
 *
 * @since 0.1.0
 */
public final class SafeIndex implements IndexBackend {

	private final IndexErrors errors;

	private final HandleLock lock;

	private final IndexBackend backend;

	/** The backend, if it is one index in this process. */
	private final @Nullable IndexChanges local;

	private final SearchChain searches = new SearchChain();

	private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();

	static {
		NumberAccess.provide();
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
		this.lock = new HandleLock(name);
		this.local = new IndexChanges(this, this.errors, this.lock, index);
		this.backend = this.local;
	}

	/**
	 * Creates the handle of something that another module implements.
	 * @param name the name of the index
	 * @param backend what to search and change
	 */
	public SafeIndex(String name, IndexBackend backend) {
		this.errors = new IndexErrors(name);
		this.lock = new HandleLock(name);
		this.local = null;
		this.backend = backend;
	}

	/**
	 * {@return the name}
	 */
	public String name() {
		return this.errors.index();
	}

	@Override
	public long generation() {
		return this.backend.generation();
	}

	/**
	 * {@return whether the index changed since it was last marked as saved, or since this
	 * handle was created}
	 */
	public boolean isDirty() {
		return unsavedChanges() != 0;
	}

	@Override
	public long unsavedChanges() {
		return this.backend.unsavedChanges();
	}

	@Override
	public int dimension() {
		return this.backend.dimension();
	}

	@Override
	public int size() {
		return this.backend.size();
	}

	@Override
	public boolean contains(String id) {
		return this.backend.contains(id);
	}

	@Override
	public Optional<float[]> vector(String id) {
		return this.errors.named(() -> this.backend.vector(id));
	}

	@Override
	public boolean isFitted() {
		return this.backend.isFitted();
	}

	/**
	 * {@inheritDoc} An index that {@linkplain #replace replaces} this one meanwhile is
	 * not trained by it.
	 */
	@Override
	public void fit(float[][] sample, ProgressListener progress) {
		this.errors.run(() -> this.backend.fit(sample, progress));
	}

	/**
	 * {@inheritDoc} If the index is {@linkplain #replace replaced} while they are
	 * encoded, they are encoded again for the new index.
	 */
	@Override
	public void addAll(List<String> ids, float[][] vectors, ProgressListener progress) {
		put(ids, vectors, (adding) -> this.backend.addAll(adding, vectors, progress));
	}

	@Override
	public void upsertAll(List<String> ids, float[][] vectors) {
		put(ids, vectors, (putting) -> this.backend.upsertAll(putting, vectors));
	}

	@Override
	public int deleteAll(Collection<String> ids) {
		List<String> deleting = List.copyOf(ids);
		int rows = this.errors.named(() -> this.backend.deleteAll(deleting));
		deleted(rows);
		return rows;
	}

	private void put(List<String> given, float[][] vectors, Consumer<List<String>> put) {
		List<String> ids = List.copyOf(given); // random access
		if (ids.size() != vectors.length) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "index '%s': got %d ids but %d vectors; expected one vector per id",
							name(), ids.size(), vectors.length));
		}
		this.errors.run(() -> put.accept(ids));
		added(ids.size());
	}

	void added(int rows) {
		tell((listener) -> listener.added(this, rows));
	}

	void deleted(int rows) {
		tell((listener) -> listener.deleted(this, rows));
	}

	/** Calls listeners, with no lock held. */
	private void tell(Consumer<IndexListener> event) {
		if (!this.listeners.isEmpty()) {
			this.lock.afterwards(() -> this.listeners.forEach(event));
		}
	}

	@Override
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
		return this.searches.search(request, generation(),
				() -> this.errors.namedAll(() -> this.backend.search(request)));
	}

	/** Reads the generation first, as {@link #find} does. */
	private List<List<Hit>> findAll(List<SearchRequest> requests) {
		return this.searches.searchAll(new ArrayList<>(requests), generation(),
				(some) -> this.errors.namedAll(() -> this.backend.searchAll(some)));
	}

	/**
	 * {@inheritDoc} All of them search the same index, and listeners receive each, with
	 * the average time of one.
	 */
	@Override
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
	 * @throws LocalIndexRequiredException if the backend is not one index in this process
	 * @see VectorIndex#recall
	 */
	public RecallReport recall(RecallOptions options) {
		return this.errors.namedAll(() -> local("recall").index().recall(options));
	}

	@Override
	public void freeze() {
		this.errors.run(this.backend::freeze);
	}

	@Override
	public void unfreeze() {
		this.errors.run(this.backend::unfreeze);
	}

	@Override
	public void compact() {
		this.errors.run(this.backend::compact);
	}

	@Override
	public boolean isFrozen() {
		return this.backend.isFrozen();
	}

	@Override
	public IndexStats stats() {
		return this.backend.stats();
	}

	@Override
	public Map<String, String> attributes() {
		return this.backend.attributes();
	}

	@Override
	public void attribute(String name, String value) {
		this.errors.run(() -> this.backend.attribute(name, value));
	}

	/**
	 * Returns the index behind the handle.
	 * @return the index, for reading; change it through the handle only
	 * @throws LocalIndexRequiredException if the backend is not one index in this process
	 */
	public VectorIndex index() {
		return local("index()").index();
	}

	/**
	 * Returns what saves, records, reloads or closes the index. Applications that use a
	 * store or the starter do not need it.
	 * @return the index behind the handle
	 * @throws LocalIndexRequiredException if the backend is not one index in this process
	 */
	public LocalIndex local() {
		return local("snapshots, logs and guards");
	}

	/**
	 * Returns the local index.
	 * @param call what needs it, for messages
	 */
	IndexChanges local(String call) {
		IndexChanges local = this.local;
		if (local == null) {
			throw new LocalIndexRequiredException(name(), call, this.backend);
		}
		return local;
	}

	/**
	 * Replaces the index behind the handle atomically, for example after a rebuild.
	 * Searches continue meanwhile, and the handle counts as changed. The new index
	 * becomes frozen if the old one is, and receives the old one's attributes except
	 * those that it has itself. A {@linkplain LocalIndex#guard guard} may restrict
	 * further which index is accepted.
	 * @param next the new index, of the same dimension; from now on, nothing else may
	 * change it; it is unchanged if this throws
	 * @return the old one
	 * @throws IllegalArgumentException if its dimension is different
	 * @throws LocalIndexRequiredException if the backend is not one index in this process
	 */
	public VectorIndex replace(VectorIndex next) {
		return local("replace").replace(next);
	}

	/** Called between mutations; listeners are called afterwards. */
	void replaced() {
		tell((listener) -> listener.replaced(this));
	}

	/**
	 * Saves the index to a file atomically. Mutations continue meanwhile. Does not change
	 * whether the handle is dirty, since the file may be a copy; see
	 * {@link LocalIndex#markSaved}.
	 * @param path the file to create or replace, in an existing directory
	 * @return a generation whose changes the file contains
	 * @throws LocalIndexRequiredException if the backend is not one index in this process
	 * @see VectorIndex#save
	 */
	public long save(Path path) {
		long generation = generation();
		VectorIndex index = local("save").index();
		this.errors.namedAll(() -> {
			index.save(path);
			return path;
		});
		return generation;
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
		return String.format(Locale.ROOT, "SafeIndex(%s, generation=%d, %s)", name(), generation(), this.backend);
	}

}
