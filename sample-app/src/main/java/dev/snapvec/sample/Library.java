package dev.snapvec.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.snapvec.Hit;
import dev.snapvec.SafeIndex;

import org.springframework.stereotype.Service;

/**
 * The index together with the texts its ids stand for. Thread-safe; additions and
 * deletions are made one at a time, so that both agree.
 */
@Service
class Library {

	/** Name of the attribute of the index that says how many changes it has seen. */
	private static final String CHANGES = "sample.changes";

	private final SafeIndex index;

	private final Embedder embedder;

	private final WordNet wordNet;

	private final DocumentStore documents;

	Library(SafeIndex index, Embedder embedder, WordNet wordNet, DocumentStore documents) {
		this.index = index;
		this.embedder = embedder;
		this.wordNet = wordNet;
		this.documents = documents;
	}

	SearchResult search(String query, int k) {
		long start = System.nanoTime();
		float[] vector = this.embedder.query(query);
		long embedded = System.nanoTime();
		List<Hit> hits = this.index.search(vector, k);
		long searched = System.nanoTime();
		return new SearchResult(query, milliseconds(searched - embedded), milliseconds(embedded - start),
				hits.stream().map(this::found).toList());
	}

	private SearchResult.Found found(Hit hit) {
		Entry entry = text(hit.id()).orElseGet(() -> new Entry(hit.id(), hit.id(), ""));
		return new SearchResult.Found(entry.id(), entry.word(), entry.gloss(), hit.score());
	}

	private static double milliseconds(long nanos) {
		return Math.round(nanos / 1_000.0) / 1_000.0;
	}

	Optional<Entry> find(String id) {
		return this.index.contains(id) ? text(id) : Optional.empty();
	}

	private Optional<Entry> text(String id) {
		return this.documents.find(id).or(() -> this.wordNet.find(id));
	}

	/**
	 * Adds a document.
	 * @param document the document
	 * @throws DuplicateIdException if there is one with its id
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 */
	synchronized void add(Entry document) {
		if (this.index.contains(document.id())) {
			throw new DuplicateIdException(document.id());
		}
		this.index.add(document.id(), this.embedder.texts(List.of(document.text()))[0]);
		boolean kept = false;
		try {
			this.documents.put(document);
			rememberChanges();
			kept = true;
		}
		finally {
			if (!kept) {
				this.index.delete(document.id());
			}
		}
	}

	/**
	 * Deletes a document or an entry of WordNet.
	 * @param id its id
	 * @return whether it was there
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 */
	synchronized boolean delete(String id) {
		boolean deleted = this.index.delete(id);
		if (deleted) {
			this.documents.delete(id);
			rememberChanges();
		}
		return deleted;
	}

	/**
	 * Repeats the changes to documents that the restored snapshot is too old to know. It
	 * knows how many it has seen; to repeat one of those does no harm.
	 * @return how many there were
	 */
	synchronized int catchUp() {
		int seen = Integer.parseInt(this.index.attributes().getOrDefault(CHANGES, "0"));
		Map<String, DocumentChange> changes = new LinkedHashMap<>();
		this.documents.since(seen).forEach((change) -> changes.put(change.id(), change));
		if (changes.isEmpty()) {
			return 0;
		}
		changes.forEach(this::repeat);
		rememberChanges();
		return changes.size();
	}

	private void repeat(String id, DocumentChange change) {
		Entry document = change.document();
		if (document == null) {
			this.index.delete(id);
		}
		else {
			this.index.upsert(id, this.embedder.texts(List.of(document.text()))[0]);
		}
	}

	private void rememberChanges() {
		this.index.attribute(CHANGES, Integer.toString(this.documents.size()));
	}

}
