package dev.snapvec;

import dev.snapvec.internal.number.NumberQuery;
import dev.snapvec.internal.number.NumberedHandle;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.Numbers;

/**
 * Gives the packages of documents access to the numbers of rows.
 */
final class NumberAccess extends Numbers {

	private NumberAccess() {
	}

	static void provide() {
		provide(new NumberAccess());
	}

	@Override
	protected NumberedIndex indexOf(VectorIndex index) {
		return QuantizedIndex.of(index).numbers();
	}

	@Override
	protected NumberedHandle handleOf(SafeIndex index) {
		return index.local("documents").numbered();
	}

	@Override
	protected RowFilter filterOf(NumberQuery query) {
		return new NumberFilter(query);
	}

}
