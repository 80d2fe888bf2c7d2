package dev.snapvec;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a search to ids, or excludes ids from it. Immutable and thread-safe; two
 * filters are equal if they allow or exclude the same ids.
 * <p>
 * Filters are applied during the scan, not to its results: a search returns the best k of
 * the allowed rows, and k of them if there are k. Ids that the index does not hold are
 * ignored. A filter caches the row mask of the last index that it was used with until
 * that index changes, so reuse one filter for many queries instead of creating it each
 * time.
 *
 * @since 0.1.0
 */
public final class IdFilter {

	private final FilteredIds ids;

	private volatile @Nullable Resolved resolved;

	private IdFilter(FilteredIds ids) {
		this.ids = ids;
	}

	private static IdFilter of(Collection<String> ids, boolean negated) {
		return new IdFilter(
				new FilteredIds(ids.stream().map(RowId::of).collect(Collectors.toUnmodifiableSet()), negated));
	}

	/**
	 * Allows only these ids.
	 * @param ids ids, in the index or not; if empty, nothing is allowed
	 * @return the filter
	 */
	public static IdFilter of(Collection<String> ids) {
		return of(ids, false);
	}

	/**
	 * Allows only these ids.
	 * @param ids ids, in the index or not; if empty, nothing is allowed
	 * @return the filter
	 */
	public static IdFilter of(String... ids) {
		return of(Arrays.asList(ids));
	}

	/**
	 * Allows all ids but these.
	 * @param ids ids, in the index or not; if empty, everything is allowed
	 * @return the filter
	 */
	public static IdFilter not(Collection<String> ids) {
		return of(ids, true);
	}

	/**
	 * Allows all ids but these.
	 * @param ids ids, in the index or not; if empty, everything is allowed
	 * @return the filter
	 */
	public static IdFilter not(String... ids) {
		return not(Arrays.asList(ids));
	}

	/**
	 * Returns the number of distinct ids that the filter allows or excludes, 0 if it was
	 * created without ids. Its memory is proportional to that.
	 * @return the number of ids
	 */
	public int size() {
		return this.ids.set().size();
	}

	/** An equal filter without a cached row mask. */
	IdFilter detached() {
		return new IdFilter(this.ids);
	}

	RowMask resolve(View view) {
		Resolved known = this.resolved;
		if (known != null && known.view.refersTo(view)) {
			return known.mask;
		}
		RowMask mask = this.ids.negated() ? RowMask.not(view, this.ids.set()) : RowMask.of(view, this.ids.set());
		this.resolved = new Resolved(new WeakReference<>(view), mask);
		return mask;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof IdFilter that && this.ids.equals(that.ids);
	}

	@Override
	public int hashCode() {
		return this.ids.hashCode();
	}

	@Override
	public String toString() {
		return this.ids.toString();
	}

	private record Resolved(WeakReference<View> view, RowMask mask) {
	}

}
