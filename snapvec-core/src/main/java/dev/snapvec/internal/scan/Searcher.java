package dev.snapvec.internal.scan;

import java.lang.ref.SoftReference;

import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Runs the passes of a plan over a view, and owns the memory that a search needs. Used by
 * one thread at a time; see {@link SearcherPool}.
 */
public final class Searcher {

	private final SearchPlan plan = new SearchPlan();

	private final Candidates candidates;

	private final GroupScan groups;

	private final ListScan lists;

	private final Rescore rescore;

	private @Nullable SoftReference<Searcher> reference;

	public Searcher() {
		this(Kernels.CURRENT);
	}

	Searcher(Kernel kernel) {
		this.candidates = new Candidates(kernel);
		this.groups = new GroupScan(kernel, this.plan, this.candidates);
		this.lists = new ListScan(kernel, this.plan, this.candidates, this.groups);
		this.rescore = new Rescore(kernel, this.plan, this.candidates);
	}

	/** Always the same reference, so that a search need not allocate one. */
	SoftReference<Searcher> reference() {
		SoftReference<Searcher> reference = this.reference;
		if (reference == null) {
			reference = new SoftReference<>(this);
			this.reference = reference;
		}
		return reference;
	}

	/** Frees memory that only searches for very many rows need. */
	void trim() {
		this.candidates.trim();
		this.lists.trim();
		this.rescore.trim();
	}

	/**
	 * @return an empty plan for the next {@link #search}
	 */
	public SearchPlan newPlan() {
		this.plan.reset();
		return this.plan;
	}

	/**
	 * Runs the plan.
	 * @param view the rows
	 * @param filter the rows that may be found, or null for all
	 * @param k number of rows to find
	 * @return the best rows, best first; valid until the next search
	 */
	public TopK search(View view, @Nullable RowMask filter, int k) {
		Pass before = this.plan.passes().get(0);
		this.candidates.reset(before.wanted(k));
		this.groups.begin(before);
		this.lists.scan(view, filter, k);
		this.candidates.narrow();
		for (int i = 1; i < this.plan.passes().size(); i++) {
			Pass pass = this.plan.passes().get(i);
			this.rescore.run(view, before, pass, k);
			before = pass;
		}
		return this.rescore.top();
	}

}
