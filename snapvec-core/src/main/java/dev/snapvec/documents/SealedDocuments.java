package dev.snapvec.documents;

import java.io.IOException;
import java.util.Collection;
import java.util.function.LongConsumer;

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
import org.jspecify.annotations.Nullable;

/**
 * The documents that Lucene holds, as of one moment. Thread-safe, as long as the reader
 * is open.
 */
final class SealedDocuments {

	private final DirectoryReader reader;

	private final IndexSearcher searcher;

	SealedDocuments(DirectoryReader reader) {
		this.reader = reader;
		this.searcher = new IndexSearcher(reader);
		// results are cached as row masks instead
		this.searcher.setQueryCache(null);
	}

	/** Receives live documents, segment by segment. */
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
	 * Finds what a filter matches.
	 * @param first the least number to find
	 * @param last the greatest number to find
	 * @param found receives the numbers, in no order
	 */
	void matching(MetadataFilter filter, long first, long last, LongConsumer found) throws IOException {
		FilterNode node = FilterCompiler.compile(filter);
		boolean all = first == Long.MIN_VALUE && last == Long.MAX_VALUE;
		Lookup range = all ? Lookup.all() : Lookup.points(DocumentFields.NUMBER, first, last);
		for (LeafReaderContext leaf : this.reader.leaves()) {
			FixedBitSet within = new FixedBitSet(leaf.reader().maxDoc());
			range.collect(this.searcher, leaf, within);
			if (!within.scanIsEmpty()) {
				restrictToDocuments(leaf, within);
				receive(leaf, matches(node, filter, leaf, within), (number, segment, doc) -> found.accept(number));
			}
		}
	}

	/**
	 * What a filter matches in a segment, deleted documents included.
	 */
	FixedBitSet matching(MetadataFilter filter, LeafReaderContext leaf) throws IOException {
		FixedBitSet within = new FixedBitSet(leaf.reader().maxDoc());
		within.set(0, within.length());
		restrictToDocuments(leaf, within);
		return matches(FilterCompiler.compile(filter), filter, leaf, within);
	}

	/** Leaves what has text and metadata. */
	private void restrictToDocuments(LeafReaderContext leaf, FixedBitSet within) throws IOException {
		Term present = new Term(DocumentFields.DOCUMENT, DocumentFields.PRESENT);
		if (leaf.reader().docFreq(present) < leaf.reader().maxDoc()) {
			FixedBitSet documents = new FixedBitSet(leaf.reader().maxDoc());
			Lookup.term(present.field(), present.bytes()).collect(this.searcher, leaf, documents);
			within.and(documents);
		}
	}

	private FixedBitSet matches(FilterNode node, MetadataFilter filter, LeafReaderContext leaf, FixedBitSet within)
			throws IOException {
		SegmentMatches matches = node.evaluate(this.searcher, leaf);
		FixedBitSet certain = matches.certain();
		if (!matches.isExact()) {
			FixedBitSet undecided = matches.possible();
			undecided.andNot(certain);
			undecided.and(within);
			Bits live = leaf.reader().getLiveDocs();
			StoredFields stored = leaf.reader().storedFields();
			for (int doc = next(undecided, 0); doc < undecided.length(); doc = next(undecided, doc + 1)) {
				if ((live == null || live.get(doc)) && filter.matches(FieldsReader.metadata(stored, doc))) {
					certain.set(doc);
				}
			}
		}
		certain.and(within);
		return certain;
	}

	private static int next(FixedBitSet bits, int from) {
		return (from < bits.length()) ? bits.nextSetBit(from) : bits.length();
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
			FixedBitSet docs = new FixedBitSet(leaf.reader().maxDoc());
			lookup.collect(this.searcher, leaf, docs);
			receive(leaf, docs, found);
		}
	}

	private static void receive(LeafReaderContext leaf, FixedBitSet docs, Receiver found) throws IOException {
		Bits live = leaf.reader().getLiveDocs();
		NumericDocValues numbers = null;
		for (int doc = next(docs, 0); doc < docs.length(); doc = next(docs, doc + 1)) {
			if (live == null || live.get(doc)) {
				numbers = (numbers != null) ? numbers : numbers(leaf);
				found.accept(FieldsReader.number(numbers, doc), leaf.reader(), doc);
			}
		}
	}

	private static @Nullable NumericDocValues numbers(LeafReaderContext leaf) throws IOException {
		return leaf.reader().getNumericDocValues(DocumentFields.NUMBER);
	}

}
