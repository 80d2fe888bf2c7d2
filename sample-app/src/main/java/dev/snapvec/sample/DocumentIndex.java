package dev.snapvec.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/**
 * The documents: their vectors in the index, their texts in the store. Thread-safe;
 * additions and deletions run one at a time, so that index and store agree.
 */
@Service
class DocumentIndex {

	/** Name of the index attribute with the number of changes applied to the index. */
	private static final String CHANGES = "sample.changes";

	private final SafeIndex index;

	private final Embedder embedder;

	private final DocumentStore store;

	DocumentIndex(@Qualifier(Indexes.DOCUMENTS) SafeIndex index, Embedder embedder, DocumentStore store) {
		this.index = index;
		this.embedder = embedder;
		this.store = store;
	}

	/**
	 * Adds a document.
	 * @param document the document
	 * @throws DuplicateIdException if a document with its id exists
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 * @throws dev.snapvec.NotFittedException if the index is not fitted yet
	 */
	synchronized void add(Entry document) {
		if (this.index.contains(document.id())) {
			throw new DuplicateIdException(document.id());
		}
		this.index.add(document.id(), vector(document));
		boolean kept = false;
		try {
			this.store.put(document);
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
	 * Deletes a document.
	 * @param id its id
	 * @return whether it existed
	 * @throws dev.snapvec.FrozenIndexException if the index is frozen
	 */
	synchronized boolean delete(String id) {
		boolean deleted = this.index.delete(id);
		if (deleted) {
			this.store.delete(id);
			rememberChanges();
		}
		return deleted;
	}

	/**
	 * Repeats the changes that the index lacks: all of them if it is new, or those after
	 * its snapshot. An attribute of the index counts the changes applied to it; repeating
	 * one of those does no harm.
	 * @param progress receives the progress
	 * @return the number of changes
	 */
	synchronized int catchUp(ProgressListener progress) {
		String seen = this.index.attributes().get(CHANGES);
		if (Integer.toString(this.store.size()).equals(seen)) {
			return 0;
		}
		Map<String, DocumentChange> changes = new LinkedHashMap<>();
		this.store.since((seen != null) ? Integer.parseInt(seen) : 0)
			.forEach((change) -> changes.put(change.id(), change));
		int done = 0;
		for (DocumentChange change : changes.values()) {
			repeat(change);
			progress.progress("repeat", ++done, changes.size());
		}
		rememberChanges();
		return done;
	}

	private void repeat(DocumentChange change) {
		Entry document = change.document();
		if (document == null) {
			this.index.delete(change.id());
		}
		else {
			this.index.upsert(change.id(), vector(document));
		}
	}

	private float[] vector(Entry document) {
		return this.embedder.texts(List.of(document.meaning()))[0];
	}

	private void rememberChanges() {
		this.index.attribute(CHANGES, Integer.toString(this.store.size()));
	}

}
