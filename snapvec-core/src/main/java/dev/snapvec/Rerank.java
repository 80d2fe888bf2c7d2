package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * How many rows a search reranks, in an index that can.
 */
final class Rerank {

	static final SettingRange RANGE = SettingRange.atLeast("rerank", 0);

	private Rerank() {
	}

	/**
	 * @param requested what a request says, or null
	 * @param otherwise what to do if it does not say
	 * @param topK how many hits it asks for, of which none is missed
	 */
	static int of(@Nullable Integer requested, int otherwise, int topK) {
		if (requested == null) {
			return (otherwise > 0) ? Math.max(otherwise, topK) : 0;
		}
		if (requested != 0 && requested < topK) {
			throw new InvalidSpecException("rerank", "rerank must be 0 or at least topK, which is %d, but was %d", topK,
					requested);
		}
		return requested;
	}

}
