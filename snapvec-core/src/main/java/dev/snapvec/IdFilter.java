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
 * The ids a search may answer with. Immutable and thread-safe; two are equal if they
 * allow the same ids.
 * <p>
 * A search is exact within its filter: it finds the best k of the allowed rows, and k of
 * them if there are k. Ids that the index does not hold are ignored. What a filter means
 * for an index is remembered until that index changes, so keep a filter that serves many
 * queries rather than making it anew.
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
	 * Allows these ids alone.
	 * @param ids ids, known or not; none allows nothing
	 * @return the filter
	 */
	public static IdFilter of(Collection<String> ids) {
		return of(ids, false);
	}

	/**
	 * Allows these ids alone.
	 * @param ids ids, known or not; none allows nothing
	 * @return the filter
	 */
	public static IdFilter of(String... ids) {
		return of(Arrays.asList(ids));
	}

	/**
	 * Allows every id but these.
	 * @param ids ids, known or not; none allows everything
	 * @return the filter
	 */
	public static IdFilter not(Collection<String> ids) {
		return of(ids, true);
	}

	/**
	 * Allows every id but these.
	 * @param ids ids, known or not; none allows everything
	 * @return the filter
	 */
	public static IdFilter not(String... ids) {
		return not(Arrays.asList(ids));
	}

	/**
	 * Returns how many ids are named, which is what a filter's memory grows with.
	 * @return the number of different ids that are allowed, or that are not
	 */
	public int size() {
		return this.ids.set().size();
	}

	/** An equal filter that remembers nothing of an index. */
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
