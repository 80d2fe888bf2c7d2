package dev.snapvec.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity.SimScorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by the words of their text, with the scores of BM25. How often words
 * occur is counted in Lucene and the tail together, so that the score of a document does
 * not depend on where it is. Confined to one thread.
 */
final class WordSearch {

	/** More words of a query are ignored. */
	static final int MAX_WORDS = 256;

	private static final BM25Similarity BM25 = new BM25Similarity();

	private final SealedDocuments sealed;

	private final Tail tail;

	private final Analyzer analyzer;

	WordSearch(SealedDocuments sealed, Tail tail, Analyzer analyzer) {
		this.sealed = sealed;
		this.tail = tail;
		this.analyzer = analyzer;
	}

	List<ScoredDocument> search(String text, int limit, MetadataFilter filter) throws IOException {
		List<BytesRef> words = WordCounts.of(this.analyzer, text).counts().keySet().stream().limit(MAX_WORDS).toList();
		if (words.isEmpty() || limit == 0) {
			return List.of();
		}
		Map<TailChange.Put, WordCounts> recent = new HashMap<>();
		for (TailChange.Put put : this.tail.documents()) {
			recent.put(put, put.words((each) -> WordCounts.of(this.analyzer, each)));
		}
		Searcher searcher = new Searcher(recent.values());
		List<ScoredDocument> found = searcher.search(words, limit, filter);
		found.addAll(scored(searcher, words, recent, filter));
		found.sort(Comparator.comparing(ScoredDocument::score).reversed().thenComparing(ScoredDocument::number));
		return List.copyOf(found.subList(0, Math.min(limit, found.size())));
	}

	/** The documents of the tail. */
	private static List<ScoredDocument> scored(Searcher searcher, List<BytesRef> words,
			Map<TailChange.Put, WordCounts> recent, MetadataFilter filter) throws IOException {
		List<ScoredDocument> found = new ArrayList<>();
		Map<BytesRef, SimScorer> scorers = new HashMap<>();
		for (Map.Entry<TailChange.Put, WordCounts> entry : recent.entrySet()) {
			WordCounts counts = entry.getValue();
			double score = 0;
			boolean any = false;
			for (BytesRef word : words) {
				if (counts.count(word) > 0) {
					SimScorer scorer = scorers.get(word);
					if (scorer == null) {
						scorer = searcher.scorer(word);
						scorers.put(word, scorer);
					}
					score += scorer.score(counts.count(word), SmallFloat.intToByte4(counts.positions()));
					any = true;
				}
			}
			if (any && Tail.matches(filter, entry.getKey())) {
				found.add(new ScoredDocument(entry.getKey().number(), (float) score));
			}
		}
		return found;
	}

	/** Searches Lucene with the statistics of all documents. */
	private final class Searcher extends IndexSearcher {

		private final Collection<WordCounts> recent;

		Searcher(Collection<WordCounts> recent) {
			super(WordSearch.this.sealed.reader());
			setQueryCache(null);
			setSimilarity(BM25);
			this.recent = recent;
		}

		@Override
		public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) {
			return statistics(term.bytes(), docFreq, totalTermFreq);
		}

		private TermStatistics statistics(BytesRef word, long documents, long total) {
			long allDocuments = documents;
			long all = total;
			for (WordCounts counts : this.recent) {
				allDocuments += (counts.count(word) > 0) ? 1 : 0;
				all += counts.count(word);
			}
			return new TermStatistics(word, allDocuments, all);
		}

		@Override
		public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
			CollectionStatistics sealed = super.collectionStatistics(field);
			long documents = (sealed != null) ? sealed.docCount() : 0;
			long total = (sealed != null) ? sealed.sumTotalTermFreq() : 0;
			long different = (sealed != null) ? sealed.sumDocFreq() : 0;
			for (WordCounts counts : this.recent) {
				documents += (counts.total() > 0) ? 1 : 0;
				total += counts.total();
				different += counts.counts().size();
			}
			return (documents > 0) ? new CollectionStatistics(field, Math.max(documents, getIndexReader().maxDoc()),
					documents, total, different) : null;
		}

		/** For a word of a document of the tail. */
		SimScorer scorer(BytesRef word) throws IOException {
			Term term = new Term(DocumentFields.WORDS, word);
			TermStatistics statistics = statistics(word, getIndexReader().docFreq(term),
					getIndexReader().totalTermFreq(term));
			return getSimilarity().scorer(1, collectionStatistics(DocumentFields.WORDS), statistics);
		}

		List<ScoredDocument> search(List<BytesRef> words, int limit, MetadataFilter filter) throws IOException {
			int most = Math.min(limit, getIndexReader().numDocs());
			if (most == 0) {
				return new ArrayList<>();
			}
			List<FixedBitSet> allowed = WordSearch.this.sealed.matching(filter, Long.MIN_VALUE, Long.MAX_VALUE);
			WordSearch.this.sealed.exclude(WordSearch.this.tail.removed(), allowed);
			BooleanQuery.Builder query = new BooleanQuery.Builder();
			words.forEach((word) -> query.add(new TermQuery(new Term(DocumentFields.WORDS, word)),
					BooleanClause.Occur.SHOULD));
			return numbered(search(query.build(), new AllowedTopDocs(most, allowed)).scoreDocs);
		}

		private List<ScoredDocument> numbered(ScoreDoc[] docs) throws IOException {
			// doc values are read forwards
			Arrays.sort(docs, Comparator.comparingInt((doc) -> doc.doc));
			List<ScoredDocument> found = new ArrayList<>(docs.length);
			List<LeafReaderContext> leaves = getIndexReader().leaves();
			for (ScoreDoc doc : docs) {
				LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
				long number = FieldsReader.number(leaf.reader().getNumericDocValues(DocumentFields.NUMBER),
						doc.doc - leaf.docBase);
				found.add(new ScoredDocument(number, doc.score));
			}
			return found;
		}

	}

}
