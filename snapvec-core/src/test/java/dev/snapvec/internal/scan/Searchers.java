package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Searches by each kernel there is, and without any estimate.
 */
public final class Searchers {

	private Searchers() {
	}

	/** A row and its score. */
	public record Found(int row, float score) {
	}

	/** What each kernel finds, by its name. */
	public static Map<String, List<Found>> byEveryKernel(View view, @Nullable RowMask mask, int k,
			Consumer<SearchPlan> query) {
		Map<String, List<Found>> found = new LinkedHashMap<>();
		for (Kernel kernel : KernelTests.kernels()) {
			Searcher searcher = new Searcher(kernel);
			query.accept(searcher.newPlan());
			TopK top = searcher.search(view, mask, k);
			List<Found> rows = new ArrayList<>();
			for (int i = 0; i < top.size(); i++) {
				rows.add(new Found(top.row(i), top.score(i)));
			}
			found.put(kernel.name(), rows);
		}
		return found;
	}

	/** The best rows by the scores of all, each scored by itself. */
	public static List<Found> exactly(View view, @Nullable RowMask mask, int k, Consumer<SearchPlan> query) {
		Kernel kernel = new ScalarKernel();
		SearchPlan plan = new SearchPlan();
		query.accept(plan);
		Pass last = plan.passes().get(plan.passes().size() - 1);
		float[] vector = plan.vector();
		RowScorer scorer = (vector != null) ? new Float16Scorer(Kernels.OPS).of(vector, last.factors())
				: new TableScorer(kernel, plan).of(last);
		List<Found> all = new ArrayList<>();
		for (int row = 0; row < view.count(); row++) {
			long live = view.liveWord(row / Groups.GROUP) & ((mask != null) ? mask.word(row / Groups.GROUP) : -1L);
			if ((live >>> row & 1) != 0) {
				float[] score = new float[1];
				scorer.score(view, new int[] { row }, 1, score);
				all.add(new Found(row, score[0]));
			}
		}
		all.sort(Comparator.comparing(Found::score).reversed().thenComparing(Found::row));
		return all.subList(0, Math.min(k, all.size()));
	}

}
