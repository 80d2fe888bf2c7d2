package dev.snapvec;

import java.util.List;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.PreparedQuery;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.SearcherPool;
import dev.snapvec.internal.scan.TopK;

/**
 * Searches the rows of a view. Safe for concurrent use, without a lock.
 */
final class IndexSearch {

	private final IndexSpec spec;

	private final SearcherPool searchers = new SearcherPool();

	/**
	 * @param spec how to score and search where a request does not say
	 */
	IndexSearch(IndexSpec spec) {
		this.spec = spec;
	}

	/**
	 * @param quantizer what the rows are encoded by
	 * @param view the rows
	 * @param request the query, of finite numbers and the right dimension
	 * @return the hits, best first
	 */
	List<Hit> search(Quantizer quantizer, View view, SearchRequest request) {
		int nprobe = this.spec.nprobe(request.nprobe());
		int rerank = this.spec.rerank(request.rerank(), request.topK());
		float[] query = request.sharedQuery();
		double norm = VectorChecks.norm(query, this.spec.common());
		IdFilter filter = request.filter();
		RowMask mask = (filter != null) ? filter.resolve(view) : null;
		if (norm == 0 || view.size() == 0 || (mask != null && mask.size() == 0)) {
			return List.of();
		}
		Searcher searcher = this.searchers.take();
		try {
			PreparedQuery prepared = searcher.newQuery();
			float[] unit = prepared.buffer(0, query.length);
			VectorChecks.divide(query, norm, unit);
			quantizer.prepare(unit, nprobe, rerank, prepared);
			return hits(view, searcher.search(view, mask, request.topK()), largestScore(view));
		}
		finally {
			this.searchers.giveBack(searcher);
		}
	}

	/**
	 * What scores are cut to: estimates of a cosine may be a little beyond 1, if a vector
	 * is kept that was not quite a unit vector, and products of large norms beyond what a
	 * float holds.
	 */
	private float largestScore(View view) {
		return (this.spec.common().similarity() == Similarity.COSINE && view.layout().has(FloatColumn.SCALE)) ? 1
				: Float.MAX_VALUE;
	}

	private static List<Hit> hits(View view, TopK top, float largest) {
		Hit[] hits = new Hit[top.size()];
		for (int i = 0; i < hits.length; i++) {
			hits[i] = new Hit(view.id(top.row(i)), Math.max(-largest, Math.min(largest, top.score(i))));
		}
		return List.of(hits);
	}

}
