package dev.snapvec.internal.scan;

import java.util.List;

/**
 * One pass of a search: what it scores rows by, and which of them it leaves to the next.
 *
 * @param tables the tables of the slices whose sums make a row's score; without any it is
 * scored by its float16 vector
 * @param factors what the sum is multiplied by
 * @param bound what the scores say of those of the last pass
 * @param keep how many of the best rows to leave at least, if more than are asked for
 */
public record Pass(List<SliceTables> tables, Factors factors, Bound bound, int keep) {

	static final Pass NONE = new Pass(List.of(), Factors.NONE, Bound.NONE, 0);

	/** How many of the best rows must not be lost if {@code k} are asked for. */
	int wanted(int k) {
		return Math.max(this.keep, k);
	}

}
