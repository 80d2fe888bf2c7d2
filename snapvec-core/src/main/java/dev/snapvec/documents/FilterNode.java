package dev.snapvec.documents;

import java.io.IOException;
import java.util.List;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.FixedBitSet;

/** A filter as it is evaluated in segments. Immutable. */
sealed interface FilterNode {

	/**
	 * {@return what matches in a segment, deleted documents included}
	 */
	SegmentMatches evaluate(IndexSearcher searcher, LeafReaderContext leaf) throws IOException;

	/**
	 * What at least one of several lookups finds.
	 *
	 * @param certain finds what matches
	 * @param undecided finds what may match too
	 */
	record Any(List<Lookup> certain, List<Lookup> undecided) implements FilterNode {

		@Override
		public SegmentMatches evaluate(IndexSearcher searcher, LeafReaderContext leaf) throws IOException {
			FixedBitSet found = new FixedBitSet(leaf.reader().maxDoc());
			collect(this.certain, searcher, leaf, found);
			if (this.undecided.isEmpty()) {
				return new SegmentMatches(found, found);
			}
			FixedBitSet possible = found.clone();
			collect(this.undecided, searcher, leaf, possible);
			return new SegmentMatches(found, possible.equals(found) ? found : possible);
		}

		private static void collect(List<Lookup> lookups, IndexSearcher searcher, LeafReaderContext leaf,
				FixedBitSet found) throws IOException {
			for (Lookup lookup : lookups) {
				lookup.collect(searcher, leaf, found);
			}
		}

	}

	/** What all nodes match. */
	record All(List<FilterNode> nodes) implements FilterNode {

		@Override
		public SegmentMatches evaluate(IndexSearcher searcher, LeafReaderContext leaf) throws IOException {
			SegmentMatches matches = this.nodes.get(0).evaluate(searcher, leaf);
			for (FilterNode node : this.nodes.subList(1, this.nodes.size())) {
				if (matches.possible().scanIsEmpty()) {
					break;
				}
				matches.and(node.evaluate(searcher, leaf));
			}
			return matches;
		}

	}

	/** What at least one node matches. */
	record Either(List<FilterNode> nodes) implements FilterNode {

		@Override
		public SegmentMatches evaluate(IndexSearcher searcher, LeafReaderContext leaf) throws IOException {
			SegmentMatches matches = this.nodes.get(0).evaluate(searcher, leaf);
			for (FilterNode node : this.nodes.subList(1, this.nodes.size())) {
				matches.or(node.evaluate(searcher, leaf));
			}
			return matches;
		}

	}

	/** What a node does not match. */
	record Complement(FilterNode node) implements FilterNode {

		@Override
		public SegmentMatches evaluate(IndexSearcher searcher, LeafReaderContext leaf) throws IOException {
			SegmentMatches matches = this.node.evaluate(searcher, leaf);
			matches.negate();
			return matches;
		}

	}

}
