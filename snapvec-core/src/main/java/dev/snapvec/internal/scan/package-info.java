/**
 * Scoring rows against a query, and keeping the best.
 * <p>
 * A quantizer turns a query into a {@link dev.snapvec.internal.scan.SearchPlan}: tables
 * that hold, for every unit of a slice and every value of it, its share of the score
 * ({@link dev.snapvec.internal.scan.SliceTables}), and a list of passes over them
 * ({@link dev.snapvec.internal.scan.Pass}). A {@link dev.snapvec.internal.scan.Searcher}
 * runs the passes one after the other:
 * <ol>
 * <li>{@code ListScan} chooses the rows of the first pass: all, or those of the lists
 * that are nearest to the query, without the dead and the filtered ones.
 * <li>{@code GroupScan} takes them group by group, 16 at a time, lets the
 * {@link dev.snapvec.internal.scan.Kernel} estimate their sums, multiplies these by the
 * pass's {@link dev.snapvec.internal.scan.Factors}, and offers rows that may be among the
 * best to the {@code Candidates}, with a lower and an upper bound of their score.
 * <li>{@code Candidates} drops, from time to time, rows whose upper bound is below the
 * lower bounds of enough others. What is left in the end does not depend on when.
 * <li>{@code Rescore} runs every other pass over the candidates, one by one: by tables
 * ({@code TableScorer}) or by float16 vectors ({@code Float16Scorer}). The last pass ends
 * with the {@link dev.snapvec.internal.scan.TopK}. If bounds were certain it stops at the
 * first candidate whose upper bound is below the score of the last hit.
 * </ol>
 * A row's score is {@code (list + sums of tables) * scale * norm}, where each part counts
 * if the index has it. Exact sums are taken in one order, by every kernel, so that scores
 * are the same to the last bit; estimates are not, and differ from exact sums by at most
 * what {@link dev.snapvec.internal.scan.Kernel#prepare} returns. So all kernels find the
 * same hits, unless a pass drops rows by estimates alone
 * ({@link dev.snapvec.internal.scan.Bound#NONE}).
 * <p>
 * Everything a search needs is memory of its searcher and used again: a search allocates
 * its passes and its hits. See ADR 6 for the kernels and ADR 13 for plans.
 */
@NullMarked
package dev.snapvec.internal.scan;

import org.jspecify.annotations.NullMarked;
