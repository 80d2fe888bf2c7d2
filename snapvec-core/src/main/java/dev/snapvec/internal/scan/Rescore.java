package dev.snapvec.internal.scan;

import java.util.Objects;

import dev.snapvec.internal.rows.View;

/**
 * A pass over the candidates of the pass before. The last one ends with the best rows.
 * Not thread-safe.
 */
final class Rescore {

	/** Rows to score exactly at a time: the lanes of a vector. */
	private static final int CONFIRMED = 16;

	private final SearchPlan plan;

	private final Candidates candidates;

	private final TableScorer byTables;

	private final Float16Scorer byFloat16;

	private final TopK top = new TopK();

	private final int[] confirmed = new int[CONFIRMED];

	private float[] scores = new float[CONFIRMED];

	Rescore(Kernel kernel, SearchPlan plan, Candidates candidates) {
		this.plan = plan;
		this.candidates = candidates;
		this.byTables = new TableScorer(kernel, plan);
		this.byFloat16 = new Float16Scorer(kernel.ops());
	}

	/** Frees memory that only searches for very many rows need. */
	void trim() {
		this.top.trim();
		if (this.scores.length > Candidates.KEPT) {
			this.scores = new float[CONFIRMED];
		}
	}

	/**
	 * Scores candidates.
	 * @param view the rows
	 * @param before the pass that left the candidates
	 * @param pass the pass to run
	 * @param k number of rows to find
	 */
	void run(View view, Pass before, Pass pass, int k) {
		RowScorer scorer = scorer(pass);
		if (pass.bound() == Bound.EXACT && before.bound() == Bound.CERTAIN) {
			confirm(view, scorer, k);
			return;
		}
		int size = this.candidates.size();
		if (this.scores.length < size) {
			this.scores = new float[size];
		}
		scorer.score(view, this.candidates.rows(), size, this.scores);
		if (pass.bound() == Bound.EXACT) {
			takeBest(k);
		}
		else {
			this.candidates.narrow(this.scores, pass.wanted(k));
		}
	}

	private RowScorer scorer(Pass pass) {
		if (pass.tables().isEmpty()) {
			return this.byFloat16.of(Objects.requireNonNull(this.plan.vector()), pass.factors());
		}
		return this.byTables.of(pass);
	}

	/** The best of all candidates. */
	private void takeBest(int k) {
		int size = this.candidates.size();
		this.top.reset(Math.max(Math.min(k, size), 1));
		for (int i = 0; i < size; i++) {
			this.top.offer(this.candidates.row(i), this.scores[i]);
		}
		this.top.sort();
	}

	/**
	 * Scores candidates exactly, by descending upper bounds, until no other one can be
	 * better.
	 */
	private void confirm(View view, RowScorer exact, int k) {
		int size = this.candidates.size();
		this.top.reset(Math.max(Math.min(k, size), 1));
		this.candidates.rank();
		int next = 0;
		while (next < size && this.candidates.upper(this.candidates.ranked(next)) >= this.top.threshold()) {
			int count = Math.min(CONFIRMED, size - next);
			for (int i = 0; i < count; i++) {
				this.confirmed[i] = this.candidates.row(this.candidates.ranked(next + i));
			}
			exact.score(view, this.confirmed, count, this.scores);
			for (int i = 0; i < count; i++) {
				this.top.offer(this.confirmed[i], this.scores[i]);
			}
			next += count;
		}
		this.top.sort();
	}

	/** The rows that the last pass found, best first. */
	TopK top() {
		return this.top;
	}

}
