package dev.snapvec.documents;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.util.FixedBitSet;
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

	private final long newest;

	private final DocumentErrors errors;

	/**
	 * @param newest the highest number that was given
	 */
	DocumentView(SealedDocuments sealed, Tail tail, long newest, DocumentErrors errors) {
		this.sealed = sealed;
		this.tail = tail;
		this.newest = newest;
		this.errors = errors;
	}

	SealedDocuments sealed() {
		return this.sealed;
	}

	Tail tail() {
		return this.tail;
	}

	/** The same documents, in another place. */
	DocumentView with(DirectoryReader reader, Tail tail) {
		SealedDocuments sealed = (reader == this.sealed.reader()) ? this.sealed : new SealedDocuments(reader);
		return new DocumentView(sealed, tail, this.newest, this.errors);
	}

	/**
	 * {@return the number up to which all documents are here}
	 */
	long newest() {
		return this.newest;
	}

	/** False if it was closed by all who took it. */
	boolean take() {
		return this.sealed.reader().tryIncRef();
	}

	@Override
	public void close() {
		run(() -> {
			this.sealed.reader().decRef();
		});
	}

	private void run(DocumentErrors.Action action) {
		this.errors.run("read the documents in", action);
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
		run(() -> {
			this.sealed.receive(this.sealed.matching(filter, first, last), received(found));
		});
		this.tail.matching(filter, first, last, found);
	}

	private SealedDocuments.Receiver received(LongConsumer found) {
		return (number, leaf, doc) -> {
			if (!this.tail.isRemoved(number)) {
				found.accept(number);
			}
		};
	}

	/**
	 * Finds the documents that a filter matches, or all others if these are fewer.
	 * @param found receives the numbers, each one once, in no order
	 * @return whether the numbers are those of the documents that do not match
	 */
	boolean matchingOrOthers(MetadataFilter filter, LongConsumer found) {
		return reading(() -> {
			List<FixedBitSet> matching = this.sealed.matching(filter, Long.MIN_VALUE, Long.MAX_VALUE);
			long count = matching.stream().mapToLong(FixedBitSet::cardinality).sum();
			if (2 * count <= this.sealed.reader().numDocs()) {
				this.sealed.receive(matching, received(found));
				this.tail.matching(filter, Long.MIN_VALUE, Long.MAX_VALUE, found);
				return false;
			}
			this.sealed.receiveOthers(matching, received(found));
			Set<Long> matchingTail = new HashSet<>();
			this.tail.matching(filter, Long.MIN_VALUE, Long.MAX_VALUE, matchingTail::add);
			this.tail.numbers().stream().filter((number) -> !matchingTail.contains(number)).forEach(found::accept);
			return true;
		});
	}

	/**
	 * Finds all documents, those without text and metadata included.
	 * @param found receives the numbers
	 */
	void numbers(LongConsumer found) {
		run(() -> this.sealed.receiveAll(received(found)));
		this.tail.numbers().forEach(found::accept);
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
	 * @param after only greater numbers, of which all are positive
	 * @param limit the greatest number of results
	 */
	List<Long> page(MetadataFilter filter, long after, int limit) {
		List<Long> page = new ArrayList<>();
		long window = Math.max(LEAST_WINDOW, GROWTH * (long) limit);
		long first = after + 1;
		while (first <= this.newest && page.size() < limit) {
			long last = (this.newest - first < window) ? this.newest : first + window - 1;
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
	 * {@return the documents that have at least one word of a text, best first}
	 * @param analyzer splits texts into words
	 * @param text the words to look for
	 * @param limit the greatest number of results
	 * @param filter what has to match too
	 */
	List<ScoredDocument> words(Analyzer analyzer, String text, int limit, MetadataFilter filter) {
		return reading(() -> new WordSearch(this.sealed, this.tail, analyzer).search(text, limit, filter));
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
		return reading(() -> {
			AtomicLong size = new AtomicLong(this.sealed.reader().numDocs() + (long) this.tail.numbers().size());
			this.sealed.find(this.tail.removed(), (number, leaf, doc) -> size.getAndDecrement());
			return size.get();
		});
	}

}
