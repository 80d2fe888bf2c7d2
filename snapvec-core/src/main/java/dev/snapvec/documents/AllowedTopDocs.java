package dev.snapvec.documents;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.FixedBitSet;

/** Collects the best of some documents. */
final class AllowedTopDocs implements CollectorManager<AllowedTopDocs.AllowedCollector, TopDocs> {

	private final TopScoreDocCollectorManager top;

	private final List<FixedBitSet> allowed;

	/**
	 * @param limit the greatest number of results
	 * @param allowed the documents by segment
	 */
	AllowedTopDocs(int limit, List<FixedBitSet> allowed) {
		this.top = new TopScoreDocCollectorManager(limit, limit);
		this.allowed = allowed;
	}

	@Override
	public AllowedCollector newCollector() {
		return new AllowedCollector(this.top.newCollector(), this.allowed);
	}

	@Override
	public TopDocs reduce(Collection<AllowedCollector> collectors) throws IOException {
		return this.top.reduce(collectors.stream().map(AllowedCollector::top).toList());
	}

	/**
	 * Passes on documents that are allowed.
	 *
	 * @param top collects the best
	 * @param allowed the documents by segment
	 */
	record AllowedCollector(TopScoreDocCollector top, List<FixedBitSet> allowed) implements Collector {

		@Override
		public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
			LeafCollector leaf = this.top.getLeafCollector(context);
			FixedBitSet docs = this.allowed.get(context.ord);
			return new LeafCollector() {
				@Override
				public void setScorer(Scorable scorer) throws IOException {
					leaf.setScorer(scorer);
				}

				@Override
				public void collect(int doc) throws IOException {
					if (docs.get(doc)) {
						leaf.collect(doc);
					}
				}
			};
		}

		@Override
		public ScoreMode scoreMode() {
			return this.top.scoreMode();
		}

	}

}
