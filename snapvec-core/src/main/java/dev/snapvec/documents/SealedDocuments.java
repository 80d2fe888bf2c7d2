package dev.snapvec.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents that Lucene holds, as of one moment. Thread-safe, as long as the reader
 * is open.
 */
final class SealedDocuments {

	private static final Term PRESENT = new Term(DocumentFields.DOCUMENT, DocumentFields.PRESENT);

	private final DirectoryReader reader;

	private final IndexSearcher searcher;

	SealedDocuments(DirectoryReader reader) {
		this.reader = reader;
		this.searcher = new IndexSearcher(reader);
		// results are cached as row masks instead
		this.searcher.setQueryCache(null);
	}

	/** Receives documents, segment by segment. */
	@FunctionalInterface
	interface Receiver {

		/**
		 * @param number the number of the document
		 * @param leaf its segment
		 * @param doc its position in the segment
		 */
		void accept(long number, LeafReader leaf, int doc) throws IOException;

	}

	DirectoryReader reader() {
		return this.reader;
	}

	/**
	 * {@return the documents that a filter matches, by segment}
	 * @param first the least number to find
	 * @param last the greatest number to find
	 */
	List<FixedBitSet> matching(MetadataFilter filter, long first, long last) throws IOException {
		FilterNode node = FilterCompiler.compile(filter);
		Lookup range = (first == Long.MIN_VALUE && last == Long.MAX_VALUE) ? Lookup.all()
				: Lookup.points(DocumentFields.NUMBER, first, last);
		List<FixedBitSet> matching = new ArrayList<>();
		for (LeafReaderContext leaf : this.reader.leaves()) {
			FixedBitSet within = new FixedBitSet(leaf.reader().maxDoc());
			range.collect(this.searcher, leaf, within);
			if (!within.scanIsEmpty()) {
				restrictToDocuments(leaf, within);
				restrict(node, filter, leaf, within);
			}
			matching.add(within);
		}
		return matching;
	}

	/** Leaves what has text and metadata, and is not deleted. */
	private void restrictToDocuments(LeafReaderContext leaf, FixedBitSet within) throws IOException {
		if (leaf.reader().docFreq(PRESENT) < leaf.reader().maxDoc()) {
			FixedBitSet documents = new FixedBitSet(leaf.reader().maxDoc());
			Lookup.term(PRESENT.field(), PRESENT.bytes()).collect(this.searcher, leaf, documents);
			within.and(documents);
		}
		restrictToLive(leaf, within);
	}

	private static void restrictToLive(LeafReaderContext leaf, FixedBitSet docs) {
		Bits live = leaf.reader().getLiveDocs();
		if (live != null) {
			docs.and(FixedBitSet.copyOf(live));
		}
	}

	/** Leaves what a filter matches; reads the metadata where it must. */
	private void restrict(FilterNode node, MetadataFilter filter, LeafReaderContext leaf, FixedBitSet within)
			throws IOException {
		SegmentMatches matches = node.evaluate(this.searcher, leaf);
		FixedBitSet certain = matches.certain();
		if (!matches.isExact()) {
			FixedBitSet undecided = matches.possible();
			undecided.andNot(certain);
			undecided.and(within);
			StoredFields stored = leaf.reader().storedFields();
			for (int doc = next(undecided, 0); doc < undecided.length(); doc = next(undecided, doc + 1)) {
				if (filter.matches(FieldsReader.metadata(stored, doc))) {
					certain.set(doc);
				}
			}
		}
		within.and(certain);
	}

	private static int next(FixedBitSet bits, int from) {
		return (from < bits.length()) ? bits.nextSetBit(from) : bits.length();
	}

	/** Receives some documents by segment. */
	void receive(List<FixedBitSet> docs, Receiver receiver) throws IOException {
		for (LeafReaderContext leaf : this.reader.leaves()) {
			receive(leaf, docs.get(leaf.ord), receiver);
		}
	}

	/** Receives all other documents. */
	void receiveOthers(List<FixedBitSet> docs, Receiver receiver) throws IOException {
		for (LeafReaderContext leaf : this.reader.leaves()) {
			FixedBitSet others = docs.get(leaf.ord).clone();
			others.flip(0, others.length());
			restrictToLive(leaf, others);
			receive(leaf, others, receiver);
		}
	}

	/** Receives all documents. */
	void receiveAll(Receiver receiver) throws IOException {
		for (LeafReaderContext leaf : this.reader.leaves()) {
			receive(leaf, find(Lookup.all(), leaf), receiver);
		}
	}

	private static void receive(LeafReaderContext leaf, FixedBitSet docs, Receiver receiver) throws IOException {
		NumericDocValues numbers = leaf.reader().getNumericDocValues(DocumentFields.NUMBER);
		for (int doc = next(docs, 0); doc < docs.length(); doc = next(docs, doc + 1)) {
			receiver.accept(FieldsReader.number(numbers, doc), leaf.reader(), doc);
		}
	}

	/** Finds the documents with some numbers. */
	void find(Collection<Long> numbers, Receiver found) throws IOException {
		if (!numbers.isEmpty()) {
			find(Lookup.points(LongPoint.newSetQuery(DocumentFields.NUMBER, numbers)), found);
		}
	}

	/** Finds the documents with an id. */
	void find(String id, Receiver found) throws IOException {
		find(Lookup.term(DocumentFields.ID, DocumentFields.idTerm(id)), (number, leaf, doc) -> {
			if (id.equals(FieldsReader.id(leaf, doc))) {
				found.accept(number, leaf, doc);
			}
		});
	}

	private void find(Lookup lookup, Receiver found) throws IOException {
		for (LeafReaderContext leaf : this.reader.leaves()) {
			receive(leaf, find(lookup, leaf), found);
		}
	}

	private FixedBitSet find(Lookup lookup, LeafReaderContext leaf) throws IOException {
		FixedBitSet docs = new FixedBitSet(leaf.reader().maxDoc());
		lookup.collect(this.searcher, leaf, docs);
		restrictToLive(leaf, docs);
		return docs;
	}

	/** Removes the documents with some numbers. */
	void exclude(Collection<Long> numbers, List<FixedBitSet> docs) throws IOException {
		if (!numbers.isEmpty()) {
			Lookup lookup = Lookup.points(LongPoint.newSetQuery(DocumentFields.NUMBER, numbers));
			for (LeafReaderContext leaf : this.reader.leaves()) {
				docs.get(leaf.ord).andNot(find(lookup, leaf));
			}
		}
	}

}
