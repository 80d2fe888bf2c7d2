package dev.snapvec;

import java.util.List;
import java.util.function.Supplier;

import dev.snapvec.internal.quantize.Quantizer;
import dev.snapvec.internal.rows.FloatColumn;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.SearchPlan;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.SearcherPool;
import dev.snapvec.internal.scan.TopK;
import org.jspecify.annotations.Nullable;

/**
 * Searches the rows of a view. Safe for concurrent use, without a lock.
 */
final class IndexSearch {

	private final IndexSpec spec;

	private final SearcherPool searchers = new SearcherPool();

	/**
	 * @param spec how to score and search, unless a request overrides it
	 */
	IndexSearch(IndexSpec spec) {
		this.spec = spec;
	}

	/**
	 * @param quantizer the quantizer that encoded the rows
	 * @param views supplies the present rows
	 * @param request the request; its query is finite and of the right dimension
	 * @return the hits, best first
	 */
	List<Hit> search(Quantizer quantizer, Supplier<View> views, SearchRequest request) {
		int nprobe = this.spec.nprobe(request.nprobe());
		int rerank = this.spec.rerank(request.rerank(), request.topK());
		float[] query = request.sharedQuery();
		double norm = VectorChecks.norm(query, this.spec.common());
		RowFilter filter = request.filter();
		RowFilter.Allowed allowed = (filter != null) ? filter.allowed(views) : null;
		View view = (allowed != null) ? allowed.view() : views.get();
		RowMask mask = (allowed != null) ? restriction(allowed) : null;
		if (norm == 0 || view.size() == 0 || (mask != null && mask.size() == 0)) {
			return List.of();
		}
		Searcher searcher = this.searchers.take();
		try {
			SearchPlan plan = searcher.newPlan();
			float[] unit = plan.scratch().query(query.length);
			VectorChecks.divide(query, norm, unit);
			quantizer.prepare(unit, nprobe, rerank, plan);
			return hits(view, searcher.search(view, mask, request.topK()), largestScore(view), request.minScore());
		}
		finally {
			this.searchers.giveBack(searcher);
		}
	}

	/**
	 * The mask to search with, or null where it allows all rows. Probing lists goes on
	 * until k rows are found only with a filter, so it is never left out there.
	 */
	private static @Nullable RowMask restriction(RowFilter.Allowed allowed) {
		View view = allowed.view();
		boolean all = allowed.mask().size() == view.size() && !view.layout().partitioned();
		return all ? null : allowed.mask();
	}

	/**
	 * The limit that scores are clamped to. An estimated cosine may slightly exceed 1 if
	 * a stored vector was not exactly a unit vector, and an inner product of large norms
	 * may exceed the range of a float.
	 */
	private float largestScore(View view) {
		return (this.spec.common().similarity() == Similarity.COSINE && view.layout().has(FloatColumn.SCALE)) ? 1
				: Float.MAX_VALUE;
	}

	private static List<Hit> hits(View view, TopK top, float largest, @Nullable Float minScore) {
		int count = top.size();
		while (minScore != null && count > 0 && bounded(top.score(count - 1), largest) < minScore) {
			count--;
		}
		Hit[] hits = new Hit[count];
		for (int i = 0; i < hits.length; i++) {
			int row = top.row(i);
			hits[i] = new Hit(view.id(row), bounded(top.score(i), largest), view.number(row));
		}
		return List.of(hits);
	}

	private static float bounded(float score, float largest) {
		return Math.max(-largest, Math.min(largest, score));
	}

}
