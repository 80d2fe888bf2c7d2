package dev.snapvec;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * The ids a search may answer with. Immutable and thread-safe.
 * <p>
 * A search is exact within its filter: it finds the best k of the allowed rows, and k of
 * them if there are k. Ids that the index does not hold are ignored. What a filter means
 * for an index is remembered until that index changes, so keep a filter that serves many
 * queries rather than making it anew.
 */
public final class IdFilter {

	private final List<RowId> ids;

	private final boolean negated;

	private volatile @Nullable Resolved resolved;

	private IdFilter(Collection<String> ids, boolean negated) {
		List<RowId> rowIds = new ArrayList<>(ids.size());
		for (String id : ids) {
			rowIds.add(RowId.of(id));
		}
		this.ids = List.copyOf(rowIds);
		this.negated = negated;
	}

	/**
	 * Allows these ids alone.
	 * @param ids ids, known or not; none allows nothing
	 * @return the filter
	 */
	public static IdFilter of(Collection<String> ids) {
		return new IdFilter(ids, false);
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
		return new IdFilter(ids, true);
	}

	/**
	 * Allows every id but these.
	 * @param ids ids, known or not; none allows everything
	 * @return the filter
	 */
	public static IdFilter not(String... ids) {
		return not(Arrays.asList(ids));
	}

	RowMask resolve(View view) {
		Resolved known = this.resolved;
		if (known != null && known.view.refersTo(view)) {
			return known.mask;
		}
		RowMask mask = this.negated ? RowMask.not(view, this.ids) : RowMask.of(view, this.ids);
		this.resolved = new Resolved(new WeakReference<>(view), mask);
		return mask;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof IdFilter that && this.negated == that.negated && this.ids.equals(that.ids);
	}

	@Override
	public int hashCode() {
		return 31 * this.ids.hashCode() + Boolean.hashCode(this.negated);
	}

	@Override
	public String toString() {
		return (this.negated ? "not " : "") + this.ids;
	}

	private record Resolved(WeakReference<View> view, RowMask mask) {
	}

}
