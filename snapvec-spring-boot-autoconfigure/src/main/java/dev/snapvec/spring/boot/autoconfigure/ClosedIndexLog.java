package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;

import dev.snapvec.MutationLog;
import dev.snapvec.VectorIndex;

/**
 * Refuses changes of an index that was closed, which nothing would save any more.
 */
class ClosedIndexLog implements MutationLog {

	private final String index;

	private boolean begun;

	ClosedIndexLog(String index) {
		this.index = index;
	}

	@Override
	public void begin(VectorIndex index) {
		if (this.begun) {
			throw refused();
		}
		this.begun = true;
	}

	@Override
	public void put(List<String> ids, float[][] vectors) {
		throw refused();
	}

	@Override
	public void delete(List<String> ids) {
		throw refused();
	}

	@Override
	public void attribute(String name, String value) {
		throw refused();
	}

	private IllegalStateException refused() {
		return new IllegalStateException(String.format(Locale.ROOT,
				"index '%s' was closed, and takes no changes; use it while the action runs that it is given to",
				this.index));
	}

}
