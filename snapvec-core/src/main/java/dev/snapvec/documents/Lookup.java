package dev.snapvec.documents;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by the terms or points of one field. Lucene's own queries are used for
 * points alone: those for terms limit their number, and their length.
 */
@FunctionalInterface
interface Lookup {

	/**
	 * Adds the documents of a segment, deleted ones included.
	 * @param searcher a searcher of the index
	 * @param leaf the segment
	 * @param found receives the documents
	 */
	void collect(IndexSearcher searcher, LeafReaderContext leaf, FixedBitSet found) throws IOException;

	/** Every document. */
	static Lookup all() {
		return (searcher, leaf, found) -> found.set(0, found.length());
	}

	/** Documents with a term. */
	static Lookup term(String field, BytesRef term) {
		return (searcher, leaf, found) -> {
			TermsEnum terms = terms(leaf, field);
			if (terms != null && terms.seekExact(term)) {
				add(terms, found);
			}
		};
	}

	/** Documents with at least one of many terms. */
	static Lookup terms(String field, Collection<BytesRef> values) {
		BytesRef[] sorted = values.toArray(BytesRef[]::new);
		// so that a segment is read in one direction
		Arrays.sort(sorted);
		return (searcher, leaf, found) -> {
			TermsEnum terms = terms(leaf, field);
			for (int i = 0; terms != null && i < sorted.length; i++) {
				if (terms.seekExact(sorted[i])) {
					add(terms, found);
				}
			}
		};
	}

	/** Documents with any term in a range; a null bound is none. */
	static Lookup termRange(String field, @Nullable BytesRef lower, boolean includeLower, @Nullable BytesRef upper,
			boolean includeUpper) {
		return (searcher, leaf, found) -> {
			TermsEnum terms = terms(leaf, field);
			if (terms == null) {
				return;
			}
			BytesRef term = next(terms, lower);
			if (term != null && !includeLower && term.equals(lower)) {
				term = terms.next();
			}
			while (term != null) {
				int order = (upper != null) ? term.compareTo(upper) : -1;
				if (order > 0 || (order == 0 && !includeUpper)) {
					return;
				}
				add(terms, found);
				term = terms.next();
			}
		};
	}

	/** Documents with a term that contains some bytes. */
	static Lookup termsContaining(String field, BytesRef part) {
		return (searcher, leaf, found) -> {
			TermsEnum terms = terms(leaf, field);
			if (terms == null) {
				return;
			}
			for (BytesRef term = next(terms, null); term != null; term = terms.next()) {
				if (contains(term, part)) {
					add(terms, found);
				}
			}
		};
	}

	/** Documents with a point in a range, bounds included. */
	static Lookup points(String field, long lower, long upper) {
		return points(LongPoint.newRangeQuery(field, lower, upper));
	}

	/** Documents with a point in a range, bounds included. */
	static Lookup points(String field, double lower, double upper) {
		return points(DoublePoint.newRangeQuery(field, lower, upper));
	}

	/** What a query for points matches. */
	static Lookup points(Query query) {
		return (searcher, leaf, found) -> {
			Weight weight = query.createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, 1);
			Scorer scorer = weight.scorer(leaf);
			if (scorer != null) {
				found.or(scorer.iterator());
			}
		};
	}

	private static @Nullable TermsEnum terms(LeafReaderContext leaf, String field) throws IOException {
		Terms terms = leaf.reader().terms(field);
		return (terms != null) ? terms.iterator() : null;
	}

	/** The first term, or the first that is not less than a bound. */
	private static @Nullable BytesRef next(@Nullable TermsEnum terms, @Nullable BytesRef lower) throws IOException {
		if (terms == null || lower == null) {
			return (terms != null) ? terms.next() : null;
		}
		return (terms.seekCeil(lower) != TermsEnum.SeekStatus.END) ? terms.term() : null;
	}

	private static void add(TermsEnum terms, FixedBitSet found) throws IOException {
		found.or(terms.postings(null, PostingsEnum.NONE));
	}

	private static boolean contains(BytesRef term, BytesRef part) {
		for (int start = 0; start <= term.length - part.length; start++) {
			int from = term.offset + start;
			if (Arrays.equals(term.bytes, from, from + part.length, part.bytes, part.offset,
					part.offset + part.length)) {
				return true;
			}
		}
		return false;
	}

}
