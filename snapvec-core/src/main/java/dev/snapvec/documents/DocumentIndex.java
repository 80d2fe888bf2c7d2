package dev.snapvec.documents;

import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import dev.snapvec.ProgressListener;
import dev.snapvec.RowFilter;
import dev.snapvec.SafeIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.NumberedStore;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.internal.number.ReplayListener;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Restored;
import org.jspecify.annotations.Nullable;

/**
 * An index of documents: vectors with texts and metadata, which are stored with them,
 * filtered, and searched by words too. Thread-safe, with the guarantees of
 * {@link SafeIndex} for searches and mutations.
 *
 * <pre>{@code
 * IndexStore store = IndexStore.open(directory, 3);
 * SafeIndex index = new SafeIndex("knowledge", SnapIndex.builder(384).build());
 * DocumentIndex documents = new DocumentIndex(index, store, DocumentOptions.defaults());
 * documents.restore((each) -> each.restore(LoadOptions.defaults()));
 * store.log(index, LogSync.always());
 *
 * documents.upsert(StoredDocument.of("a", "a text", Map.of("year", 2026), vector));
 * documents.search(query, 4, MetadataFilter.gte("year", 2026));
 * store.save(index);
 * }</pre>
 *
 * Guaranteed:
 * <ol>
 * <li>Vector, text and metadata of a document are acknowledged, restored and lost
 * together. The {@linkplain IndexStore#log write-ahead log} of the index records them,
 * and its snapshots name the state of the documents that belongs to them.
 * <li>A batch is added as a whole or not at all.
 * <li>A search that starts after a change has returned sees it.
 * <li>A result is one version of a document: the score belongs to the text and metadata
 * that come with it.
 * </ol>
 * <p>
 * Texts and metadata are in Lucene's files, in the directory {@code documents} of the
 * store, and take no heap but for the latest changes. Mutations through {@link #index()}
 * are legal: a vector that is added there has no document, and what is deleted there
 * loses its document too.
 * <p>
 * Needs {@code org.apache.lucene:lucene-core} 9.12 on the class path.
 *
 * @since 0.1.0
 */
public final class DocumentIndex implements Closeable {

	private final SafeIndex index;

	private final IndexStore store;

	private final DocumentOptions options;

	private volatile @Nullable Open open;

	/**
	 * What is done with documents that were opened.
	 */
	private record Open(DocumentStore store, DocumentReads reads, DocumentChanges changes, DocumentSearch search,
			long missing) {
	}

	/**
	 * Creates a document index. Call {@link #restore} next.
	 * @param index the index of the vectors, which is saved to the store
	 * @param store the store of the index, opened and not restored yet
	 * @param options what to keep and to index
	 * @throws dev.snapvec.UnsupportedLibraryException if Lucene is missing or has another
	 * major version
	 * @throws dev.snapvec.LocalIndexRequiredException if the index is not in this process
	 */
	public DocumentIndex(SafeIndex index, IndexStore store, DocumentOptions options) {
		LuceneVersion.require();
		Numbers.of(index); // from now on, mutations of one id run one after the other
		this.index = index;
		this.store = store;
		this.options = options;
	}

	/**
	 * Restores documents and vectors, or begins with none. Afterwards the documents are
	 * open, and a {@linkplain IndexStore#log write-ahead log} may be started.
	 * @param how restores the store, such as
	 * {@code store -> store.restore(LoadOptions.defaults())}
	 * @return what it returned; the index holds the restored rows
	 * @throws dev.snapvec.CorruptIndexException if the documents of the snapshot are
	 * damaged or missing
	 * @throws IllegalStateException if the documents are open already
	 */
	public synchronized Optional<Restored> restore(Function<IndexStore, Optional<Restored>> how) {
		if (this.open != null) {
			throw new IllegalStateException(
					String.format(Locale.ROOT, "the documents of index '%s' are open already", this.index.name()));
		}
		DocumentDirectory directory = new DocumentDirectory(this.store, this.options);
		try (DocumentReplay replay = new DocumentReplay(directory)) {
			NumberedStore.replayListener(this.store, replay);
			Optional<Restored> restored = how.apply(this.store);
			restored.ifPresent((found) -> this.index.local().restore(found.index()));
			start(directory, replay.take());
			return restored;
		}
		finally {
			NumberedStore.replayListener(this.store, ReplayListener.NONE);
		}
	}

	private void start(DocumentDirectory directory, DocumentStore documents) {
		try {
			long missing = agree(documents);
			DocumentReads reads = new DocumentReads(this.index, documents);
			Numbers.of(this.index).listener(documents::remove);
			NumberedStore.companion(this.store, new DocumentSnapshots(documents));
			this.open = new Open(documents, reads, new DocumentChanges(this.index, documents, reads),
					new DocumentSearch(this.index, reads, directory.fields()), missing);
		}
		catch (RuntimeException | Error ex) {
			documents.close();
			throw ex;
		}
	}

	/** Drops documents without row, and counts rows whose document is missing. */
	private long agree(DocumentStore documents) {
		NumberedIndex rows = Numbers.of(this.index.index());
		documents.givenUpTo(rows.newest());
		long[] numbered = { 0 };
		rows.forEach((id, number) -> numbered[0]++);
		try (DocumentView view = documents.view()) {
			view.numbers((number) -> {
				if (rows.id(number) == null) {
					documents.remove(number);
				}
				else {
					numbered[0]--;
				}
			});
		}
		return numbered[0];
	}

	private Open open() {
		Open open = this.open;
		if (open == null) {
			throw new IllegalStateException(String.format(Locale.ROOT,
					"the documents of index '%s' are not open; call restore first", this.index.name()));
		}
		return open;
	}

	/**
	 * {@return the index of the vectors}
	 */
	public SafeIndex index() {
		return this.index;
	}

	/**
	 * Adds a document.
	 * @param document the document, with its vector
	 * @throws dev.snapvec.InvalidIdException if the index holds its id already
	 */
	public void add(StoredDocument document) {
		addAll(List.of(document));
	}

	/**
	 * Adds documents, all of them or none.
	 * @param documents the documents, with their vectors, at most 16 MiB of text and
	 * metadata each
	 * @throws dev.snapvec.InvalidIdException if the index holds one of the ids already
	 * @throws IllegalArgumentException if two have the same id, or one is too large or
	 * has no vector
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 */
	public void addAll(List<StoredDocument> documents) {
		open().changes.put("addAll", documents, false, ProgressListener.NONE);
	}

	/**
	 * Adds a document, or replaces the one that has its id.
	 * @param document the document, with its vector
	 */
	public void upsert(StoredDocument document) {
		upsertAll(List.of(document));
	}

	/**
	 * Adds documents, each replacing the one that has its id, if any; all of them or
	 * none.
	 * @param documents the documents, with their vectors, at most 16 MiB of text and
	 * metadata each
	 * @throws IllegalArgumentException if two have the same id, or one is too large or
	 * has no vector
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 */
	public void upsertAll(List<StoredDocument> documents) {
		open().changes.put("upsertAll", documents, true, ProgressListener.NONE);
	}

	/**
	 * Adds texts and metadata to vectors that the index holds without them. Nothing is
	 * encoded again.
	 * @param documents ids, texts and metadata; their vectors are ignored
	 * @return how many vectors have a document now; those that had one, and ids that the
	 * index does not hold, are left out
	 */
	public int attachAll(List<StoredDocument> documents) {
		return open().changes.attach(documents);
	}

	/**
	 * Changes metadata of a document. Its text and vector stay.
	 * @param id the id
	 * @param changes new values by key; null removes a key, other keys stay
	 * @return whether the index holds a document with this id
	 * @throws IllegalArgumentException if a value cannot be stored
	 */
	public boolean updateMetadata(String id, Map<String, ? extends @Nullable Object> changes) {
		return open().changes.updateMetadata(id, changes);
	}

	/**
	 * Deletes a document and its vector.
	 * @param id the id
	 * @return whether the index held it
	 */
	public boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Deletes documents and their vectors.
	 * @param ids the ids; those that the index does not hold are ignored
	 * @return how many were deleted
	 */
	public int deleteAll(Collection<String> ids) {
		open();
		return this.index.deleteAll(ids);
	}

	/**
	 * Deletes the documents that match a filter, with their vectors. A document that is
	 * changed meanwhile is not deleted.
	 * @param filter the filter
	 * @return how many were deleted
	 */
	public int delete(MetadataFilter filter) {
		return open().changes.delete("delete", filter);
	}

	/**
	 * Deletes all documents with their vectors, also those that were added without text.
	 * Vectors that were added through {@link #index()} stay.
	 * @return how many were deleted
	 */
	public int clear() {
		return open().changes.clear();
	}

	/**
	 * {@return whether the index holds an id}
	 * @param id the id
	 */
	public boolean contains(String id) {
		open();
		return this.index.contains(id);
	}

	/**
	 * Returns a document.
	 * @param id its id
	 * @return the document, or empty if the index does not hold the id
	 */
	public Optional<StoredDocument> get(String id) {
		return Optional.ofNullable(get(List.of(id)).get(id));
	}

	/**
	 * Returns documents.
	 * @param ids their ids
	 * @return the documents by id, without those that the index does not hold
	 */
	public Map<String, StoredDocument> get(Collection<String> ids) {
		return open().reads.get(ids);
	}

	/**
	 * Counts documents.
	 * @param filter what they must match
	 * @return how many match
	 */
	public long count(MetadataFilter filter) {
		try (DocumentView view = open().store.view()) {
			return view.count(filter);
		}
	}

	/**
	 * Lists documents in the order in which they were added or changed. Each document
	 * that is not changed while pages are read is on exactly one page; one that is
	 * changed moves to the end.
	 * @param filter what they must match
	 * @param start {@link DocumentPage#START}, or {@link DocumentPage#next} of the page
	 * before
	 * @param limit the number of documents at most, at least 1
	 * @return the page; the last one is empty
	 */
	public DocumentPage list(MetadataFilter filter, long start, int limit) {
		if (start < 0) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the start of a page must be 0 or that of a page, but was %d", start));
		}
		if (limit < 1) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "the limit of a page must be at least 1, but was %d", limit));
		}
		return open().reads.page(filter, start, limit);
	}

	/**
	 * Returns a filter for searches of the index. Reuse it: it caches which rows it
	 * allows until the index changes.
	 * @param filter what the documents must match
	 * @return the filter, for {@link dev.snapvec.SearchRequest.Builder#among}
	 */
	public RowFilter where(MetadataFilter filter) {
		return Numbers.filter(new FilteredDocuments(open().store, Objects.requireNonNull(filter, "filter")));
	}

	/**
	 * Searches for the documents whose vectors are most similar to a query.
	 * @param query a vector of the index's dimension
	 * @param topK the number of hits at most, at least 1
	 * @return the hits, best first
	 */
	public List<DocumentHit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Searches among the documents that match a filter.
	 * @param query a vector of the index's dimension
	 * @param topK the number of hits at most, at least 1
	 * @param filter the filter
	 * @return the hits, best first
	 */
	public List<DocumentHit> search(float[] query, int topK, MetadataFilter filter) {
		return search(SearchRequest.of(query).topK(topK).among(where(filter)).build());
	}

	/**
	 * Searches for documents.
	 * @param request the query and how to search for it; see {@link #where}
	 * @return the hits, best first
	 */
	public List<DocumentHit> search(SearchRequest request) {
		return open().search.search(request);
	}

	/**
	 * Searches by vector and by words, with equal weights.
	 * @param words a text; documents that have many of its words, and rare ones, rank
	 * high (BM25)
	 * @param query a vector of the index's dimension
	 * @param topK the number of hits at most, at least 1
	 * @param filter the filter, or null for none
	 * @return the hits, best first; their scores are sums of reciprocal ranks
	 */
	public List<DocumentHit> searchHybrid(String words, float[] query, int topK, @Nullable MetadataFilter filter) {
		return searchHybrid(words, query, topK, filter, 1, 1);
	}

	/**
	 * Searches by vector and by words. The two rankings are combined by reciprocal rank
	 * fusion; a hit says its rank in both.
	 * @param words a text
	 * @param query a vector of the index's dimension
	 * @param topK the number of hits at most, at least 1
	 * @param filter the filter, or null for none
	 * @param vectorWeight how much the ranking by vectors counts, positive
	 * @param wordWeight how much the ranking by words counts, positive
	 * @return the hits, best first; their scores are sums of weighted reciprocal ranks
	 */
	public List<DocumentHit> searchHybrid(String words, float[] query, int topK, @Nullable MetadataFilter filter,
			double vectorWeight, double wordWeight) {
		SearchRequest.Builder request = SearchRequest.of(query).topK(topK);
		request.topK(DocumentSearch.depth(topK));
		if (filter != null) {
			request.among(where(filter));
		}
		return open().search.search(topK, request.build(), words, filter, vectorWeight, wordWeight);
	}

	/**
	 * Removes deleted texts and metadata from the files of the present documents. Older
	 * snapshots still have them: save the index afterwards, as often as snapshots are
	 * retained.
	 */
	public void purge() {
		open().store.purge();
	}

	/**
	 * {@return the sizes of the documents}
	 */
	public DocumentStats stats() {
		return open().store.stats();
	}

	/**
	 * Returns how many documents were missing when the index was restored, although their
	 * vectors were there.
	 * @return the number of documents; 0 unless files were damaged or exchanged
	 */
	public long missing() {
		return open().missing;
	}

	/**
	 * Closes the documents. Close the store too, before or after. Changes that are
	 * neither in a snapshot nor in a write-ahead log are lost.
	 */
	@Override
	public synchronized void close() {
		Open open = this.open;
		if (open != null) {
			open.store.close();
		}
	}

}
