package dev.snapvec;

import java.util.function.Supplier;

import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;

/**
 * Restricts a search to some of the rows of an index: an {@link IdFilter}, or one that
 * asks for documents. Immutable and thread-safe; two filters are equal if they allow the
 * same rows of any index, so that results can be cached by them.
 * <p>
 * Filters are applied during the scan, not to its results: a search returns the best k of
 * the allowed rows, and k of them if there are k. A filter caches which rows of an index
 * it allows until that index changes, so reuse one filter for many queries instead of
 * creating it each time.
 *
 * @since 0.1.0
 */
public abstract sealed class RowFilter permits IdFilter, NumberFilter {

	RowFilter() {
	}

	/**
	 * Returns how much the filter says: the number of its ids or conditions. Its memory
	 * is proportional to that.
	 * @return the number of ids or conditions
	 */
	public abstract int size();

	/** An equal filter that caches nothing. */
	abstract RowFilter detached();

	/**
	 * Finds the rows of the present view that the filter allows.
	 * @param views supplies the present view
	 */
	abstract Allowed allowed(Supplier<View> views);

	/**
	 * The rows that a filter allows.
	 *
	 * @param view the view to search
	 * @param mask its allowed rows
	 */
	record Allowed(View view, RowMask mask) {
	}

}
