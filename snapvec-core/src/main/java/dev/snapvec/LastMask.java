package dev.snapvec;

import java.lang.ref.WeakReference;

import dev.snapvec.internal.rows.RowMask;
import dev.snapvec.internal.rows.View;
import org.jspecify.annotations.Nullable;

/**
 * The mask of the last view that a filter was used with. Thread-safe.
 */
final class LastMask {

	private volatile @Nullable Known known;

	private record Known(WeakReference<View> view, RowMask mask) {
	}

	/** The mask of a view, or null if it is not known. */
	@Nullable RowMask of(View view) {
		Known known = this.known;
		return (known != null && known.view.refersTo(view)) ? known.mask : null;
	}

	RowFilter.Allowed keep(View view, RowMask mask) {
		this.known = new Known(new WeakReference<>(view), mask);
		return new RowFilter.Allowed(view, mask);
	}

}
