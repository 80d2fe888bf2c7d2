package dev.snapvec;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.snapvec.internal.rows.RowId;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a search to ids, or excludes ids from it. Immutable and thread-safe; two
 * filters are equal if they allow or exclude the same ids. Ids that the index does not
 * hold are ignored.
 *
 * @since 0.1.0
 */
public final class IdFilter extends RowFilter {

	private final FilteredIds ids;

	private final LastMask last = new LastMask();

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
	@Override
	public int size() {
		return this.ids.set().size();
	}

	@Override
	IdFilter detached() {
		return new IdFilter(this.ids);
	}

	@Override
	Allowed allowed(Supplier<View> views) {
		View view = views.get();
		RowMask known = this.last.of(view);
		if (known != null) {
			return new Allowed(view, known);
		}
		return this.last.keep(view,
				this.ids.negated() ? RowMask.not(view, this.ids.set()) : RowMask.of(view, this.ids.set()));
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

}
