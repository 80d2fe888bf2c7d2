package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.internal.number.NumberedHandle;
import dev.snapvec.internal.number.NumberedRows;
import dev.snapvec.internal.number.Numbering;
import dev.snapvec.internal.number.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Changes documents and their rows together. Thread-safe.
 *
 * @param index the rows
 * @param store the documents
 * @param reads reads documents
 */
record DocumentChanges(SafeIndex index, DocumentStore store, DocumentReads reads) {

	private NumberedHandle handle() {
		return Numbers.of(this.index);
	}

	/** Adds documents, all of them or none. */
	void put(String call, List<StoredDocument> documents, boolean replace, ProgressListener progress) {
		List<StoredDocument> all = List.copyOf(documents);
		requireDifferentIds(all);
		float[][] vectors = all.stream().map(StoredDocument::sharedVector).toArray(float[][]::new);
		byte[][] payloads = payloads(all);
		List<String> ids = all.stream().map(StoredDocument::id).toList();
		this.store.awaitRoom();
		handle().put(call, new NumberedRows(ids, vectors, payloads), replace, numbering(all), progress);
	}

	private static void requireDifferentIds(List<StoredDocument> documents) {
		Set<String> ids = new HashSet<>();
		for (StoredDocument document : documents) {
			if (!ids.add(document.id())) {
				throw new IllegalArgumentException(
						"a batch must have one document per id, but had two of id '" + document.id() + "'");
			}
		}
	}

	private static byte[][] payloads(List<StoredDocument> documents) {
		return documents.stream().map(DocumentBytes::write).toArray(byte[][]::new);
	}

	/** A document can be found from the moment that it has a number. */
	private Numbering numbering(List<StoredDocument> documents) {
		return new Numbering() {
			@Override
			public long begin(int[] rows) {
				return DocumentChanges.this.store.put(Arrays.stream(rows).mapToObj(documents::get).toList());
			}

			@Override
			public void failed(long first, int rows) {
				DocumentChanges.this.store.remove(LongStream.range(first, first + rows).toArray());
			}
		};
	}

	/**
	 * Changes metadata, of the version of the document that they were read from.
	 * @return whether the index holds a document with this id
	 */
	boolean updateMetadata(String id, Map<String, ? extends @Nullable Object> changes) {
		while (true) {
			Long number = this.reads.numbers(List.of(id)).get(id);
			StoredDocument document = (number != null) ? read(number) : null;
			if (number == null || number == 0) {
				return false;
			}
			if (document == null) {
				continue; // replaced meanwhile
			}
			Map<String, Object> metadata = document.metadata();
			if (metadata == null) {
				return false;
			}
			Map<String, Object> updated = new HashMap<>(metadata);
			changes.forEach((key, value) -> {
				if (value != null) {
					updated.put(key, value);
				}
				else {
					updated.remove(key);
				}
			});
			List<StoredDocument> next = List.of(document.withMetadata(updated));
			this.store.awaitRoom();
			if (renumber("updateMetadata", next, new long[] { number }) == 1) {
				return true;
			}
		}
	}

	private @Nullable StoredDocument read(long number) {
		try (DocumentView view = this.store.view()) {
			return view.read(List.of(number)).get(number);
		}
	}

	private int renumber(String call, List<StoredDocument> documents, long[] expected) {
		List<String> ids = documents.stream().map(StoredDocument::id).toList();
		long[] numbers = handle().renumber(call, ids, expected, payloads(documents), numbering(documents));
		return (int) Arrays.stream(numbers).filter((number) -> number > 0).count();
	}

	/**
	 * Adds texts and metadata to rows that have none.
	 * @return how many rows have them now
	 */
	int attach(List<StoredDocument> documents) {
		List<StoredDocument> all = List.copyOf(documents);
		requireDifferentIds(all);
		List<String> ids = all.stream().map(StoredDocument::id).toList();
		Map<String, Long> numbers = this.reads.numbers(ids);
		Map<String, StoredDocument> present = this.reads.get(ids);
		List<StoredDocument> attached = new ArrayList<>();
		for (StoredDocument document : all) {
			StoredDocument bare = present.get(document.id());
			if (numbers.containsKey(document.id()) && bare != null && bare.text() == null) {
				attached.add(document.withVectorOf(bare));
			}
		}
		this.store.awaitRoom();
		return renumber("attachAll", attached,
				attached.stream().mapToLong((document) -> numbers.getOrDefault(document.id(), 0L)).toArray());
	}

	/**
	 * Deletes documents that match a filter now.
	 * @return how many
	 */
	int delete(String call, MetadataFilter filter) {
		LongStream.Builder numbers = LongStream.builder();
		try (DocumentView view = this.store.view()) {
			view.matching(filter, numbers::add);
		}
		return handle().delete(call, numbers.build().toArray());
	}

	/** Deletes all documents, those without text and metadata included. */
	int clear() {
		LongStream.Builder numbers = LongStream.builder();
		try (DocumentView view = this.store.view()) {
			view.numbers(numbers::add);
		}
		return handle().delete("clear", numbers.build().toArray());
	}

}
