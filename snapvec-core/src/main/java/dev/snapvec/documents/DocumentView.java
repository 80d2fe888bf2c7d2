package dev.snapvec.documents;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The documents as of one moment: those that Lucene holds, and the tail. Whoever searches
 * takes one, and closes it when the documents of the hits are read, so that no result
 * mixes two versions of a document. Thread-safe until it is closed.
 */
final class DocumentView implements Closeable {

	/** How many numbers a page looks at first. */
	private static final int LEAST_WINDOW = 4_096;

	private static final int GROWTH = 4;

	private final SealedDocuments sealed;

	private final Tail tail;

	private final DocumentErrors errors;

	DocumentView(SealedDocuments sealed, Tail tail, DocumentErrors errors) {
		this.sealed = sealed;
		this.tail = tail;
		this.errors = errors;
	}

	SealedDocuments sealed() {
		return this.sealed;
	}

	Tail tail() {
		return this.tail;
	}

	/** False if it was closed by all who took it. */
	boolean take() {
		return this.sealed.reader().tryIncRef();
	}

	@Override
	public void close() {
		reading(() -> {
			this.sealed.reader().decRef();
			return null;
		});
	}

	private <T> T reading(DocumentErrors.Call<T> call) {
		return this.errors.named("read the documents in", call);
	}

	/**
	 * Finds the documents that a filter matches; rows without document match nothing.
	 * @param found receives the numbers, each one once, in no order
	 */
	void matching(MetadataFilter filter, LongConsumer found) {
		matching(filter, Long.MIN_VALUE, Long.MAX_VALUE, found);
	}

	private void matching(MetadataFilter filter, long first, long last, LongConsumer found) {
		reading(() -> {
			this.sealed.matching(filter, first, last, (number) -> {
				if (!this.tail.isRemoved(number)) {
					found.accept(number);
				}
			});
			return null;
		});
		this.tail.matching(filter, first, last, found);
	}

	/**
	 * {@return how many documents a filter matches}
	 */
	long count(MetadataFilter filter) {
		AtomicLong count = new AtomicLong();
		matching(filter, (number) -> count.getAndIncrement());
		return count.get();
	}

	/**
	 * {@return the least numbers of documents that a filter matches, ascending}
	 * @param after only greater numbers
	 * @param limit the greatest number of results
	 * @param greatest no number is greater
	 */
	List<Long> page(MetadataFilter filter, long after, int limit, long greatest) {
		List<Long> page = new ArrayList<>();
		long window = Math.max(LEAST_WINDOW, GROWTH * (long) limit);
		long first = after + 1;
		while (first <= greatest && page.size() < limit) {
			long last = (greatest - first < window) ? greatest : first + window - 1;
			PriorityQueue<Long> found = new PriorityQueue<>();
			matching(filter, first, last, found::add);
			while (!found.isEmpty() && page.size() < limit) {
				page.add(found.poll());
			}
			first = last + 1;
			window *= GROWTH;
		}
		return page;
	}

	/**
	 * {@return documents by their numbers, without those that do not exist}
	 */
	Map<Long, StoredDocument> read(Collection<Long> numbers) {
		Map<Long, StoredDocument> documents = new HashMap<>();
		List<Long> others = new ArrayList<>();
		for (Long number : numbers) {
			StoredDocument document = this.tail.get(number);
			if (document != null) {
				documents.put(number, document);
			}
			else if (!this.tail.isRemoved(number)) {
				others.add(number);
			}
		}
		return reading(() -> {
			this.sealed.find(others, (number, leaf, doc) -> documents.put(number, FieldsReader.read(leaf, doc)));
			return documents;
		});
	}

	/**
	 * {@return the vectors of documents by their numbers, without those that are not
	 * kept}
	 */
	Map<Long, float[]> vectors(Collection<Long> numbers) {
		Map<Long, float[]> vectors = new HashMap<>();
		List<Long> others = new ArrayList<>();
		for (Long number : numbers) {
			StoredDocument document = this.tail.get(number);
			if (document == null) {
				others.add(number);
			}
			else {
				put(vectors, number, document.vector());
			}
		}
		return reading(() -> {
			this.sealed.find(others, (number, leaf, doc) -> {
				if (!this.tail.isRemoved(number)) {
					put(vectors, number, FieldsReader.vector(leaf, doc));
				}
			});
			return vectors;
		});
	}

	private static void put(Map<Long, float[]> vectors, long number, float @Nullable [] vector) {
		if (vector != null) {
			vectors.put(number, vector);
		}
	}

	/**
	 * {@return the greatest number of a document with an id, or -1}
	 */
	long find(String id) {
		return reading(() -> {
			long[] greatest = { this.tail.find(id) };
			this.sealed.find(id, (number, leaf, doc) -> {
				if (!this.tail.isRemoved(number)) {
					greatest[0] = Math.max(greatest[0], number);
				}
			});
			return greatest[0];
		});
	}

	/**
	 * {@return the number of documents, those without text and metadata included}
	 */
	long size() {
		List<Long> numbers = new ArrayList<>();
		for (long number : this.tail.removed()) {
			numbers.add(number);
		}
		return reading(() -> {
			AtomicLong size = new AtomicLong(this.sealed.reader().numDocs() + (long) this.tail.numbers().size());
			this.sealed.find(numbers, (number, leaf, doc) -> size.getAndDecrement());
			return size.get();
		});
	}

}
