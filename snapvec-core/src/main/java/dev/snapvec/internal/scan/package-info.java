/**
 * Searching: scores rows against a query and keeps the best.
 * <p>
 * <b>Terms.</b> A <i>scan</i> estimates the scores of all rows asked for, group by group.
 * A <i>pass</i> is one step of a search that narrows the <i>candidates</i>, the rows that
 * may still be among the best. A <i>unit</i> is what a kernel looks up: one code, or
 * several small ones. A row's score is {@code (list + sums of tables) * scale * norm},
 * where each part counts if the index has it.
 * <p>
 * <b>One search.</b> A quantizer turns the query into a
 * {@link dev.snapvec.internal.scan.SearchPlan}: lookup tables
 * ({@link dev.snapvec.internal.scan.SliceTables}) with the share of the score for every
 * unit of a slice and every value of it, and a list of passes over them
 * ({@link dev.snapvec.internal.scan.Pass}). A {@link dev.snapvec.internal.scan.Searcher}
 * runs the passes one after the other:
 * <ol>
 * <li>{@code ListScan} selects the rows of the first pass: all, or those of the inverted
 * lists nearest to the query, without dead rows and without rows that the filter
 * excludes.
 * <li>{@code GroupScan} takes them 16 groups at a time, lets the
 * {@link dev.snapvec.internal.scan.Kernel} estimate their sums, multiplies these by the
 * pass's {@link dev.snapvec.internal.scan.Factors}, and offers rows that may be among the
 * best to the {@code Candidates}, with a lower and an upper bound of their score.
 * <li>{@code Candidates} drops, from time to time, rows whose upper bound is below the
 * lower bounds of enough others. What remains in the end does not depend on when.
 * <li>{@code Rescore} runs every further pass over the candidates, with tables
 * ({@code TableScorer}) or float16 vectors ({@code Float16Scorer}). The last pass ends
 * with the {@link dev.snapvec.internal.scan.TopK}. If bounds were certain, it stops at
 * the first candidate whose upper bound is below the score of the last hit.
 * </ol>
 * <b>Exactness.</b> All kernels compute exact sums in one order, so that scores are
 * identical to the last bit. Estimates differ between kernels, and from exact sums by at
 * most what {@link dev.snapvec.internal.scan.Kernel#prepare} returns. So all kernels find
 * the same hits, unless a pass drops rows by estimates alone
 * ({@link dev.snapvec.internal.scan.Bound#NONE}).
 * <p>
 * <b>Memory.</b> All buffers of a search belong to its searcher and are reused; a search
 * allocates its passes and its hits.
 * <p>
 * See docs/adr/0006-kernels.md and docs/adr/0013-a-search-is-a-plan.md.
 */
@NullMarked
package dev.snapvec.internal.scan;

import org.jspecify.annotations.NullMarked;
