package dev.snapvec.internal.scan;

import java.util.List;

/**
 * One pass of a search: what it scores rows by, and which of them it passes on to the
 * next.
 *
 * @param tables the tables of slices whose sum is a row's score; if empty, rows are
 * scored by their float16 vectors
 * @param factors the factors of the sum
 * @param bound how the scores bound those of the last pass
 * @param keep minimum number of best rows to pass on, if larger than the number requested
 */
public record Pass(List<SliceTables> tables, Factors factors, Bound bound, int keep) {

	static final Pass NONE = new Pass(List.of(), Factors.NONE, Bound.NONE, 0);

	/** The number of best rows that must be kept if {@code k} are requested. */
	int wanted(int k) {
		return Math.max(this.keep, k);
	}

}
