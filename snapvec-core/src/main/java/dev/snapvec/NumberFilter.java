package dev.snapvec;

import java.util.function.Supplier;

import dev.snapvec.internal.number.NumberQuery;
import dev.snapvec.internal.rows.NumberMask;
import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a search to the rows of documents that a query matches. A row without
 * document is never allowed.
 */
final class NumberFilter extends RowFilter {

	private final NumberQuery query;

	private final LastMask last = new LastMask();

	NumberFilter(NumberQuery query) {
		this.query = query;
	}

	@Override
	public int size() {
		return this.query.size();
	}

	@Override
	NumberFilter detached() {
		return new NumberFilter(this.query);
	}

	/**
	 * Documents first, the view second: a document can be found before its row, so every
	 * row of a view is that of a document which was there, unless it is newer than the
	 * documents. Then both are taken once more.
	 */
	@Override
	Allowed allowed(Supplier<View> views) {
		View known = views.get();
		RowMask mask = this.last.of(known);
		if (mask != null) {
			return new Allowed(known, mask);
		}
		while (true) {
			try (NumberQuery.Prepared prepared = this.query.prepare()) {
				View view = views.get();
				if (view.newestNumber() <= prepared.newest()) {
					return this.last.keep(view, mask(view, prepared));
				}
			}
		}
	}

	private static RowMask mask(View view, NumberQuery.Prepared prepared) {
		NumberMask mask = new NumberMask(view);
		return prepared.emit(mask::add) ? mask.others() : mask.these();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof NumberFilter that && this.query.equals(that.query);
	}

	@Override
	public int hashCode() {
		return this.query.hashCode();
	}

	@Override
	public String toString() {
		return this.query.toString();
	}

}
