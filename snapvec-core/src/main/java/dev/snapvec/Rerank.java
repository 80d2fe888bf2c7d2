package dev.snapvec;

import org.jspecify.annotations.Nullable;

/**
 * The number of rows that a search reranks, in index types that support it.
 */
final class Rerank {

	static final SettingRange RANGE = SettingRange.atLeast("rerank", 0);

	private Rerank() {
	}

	/**
	 * @param requested the number in the request, or null
	 * @param otherwise the default
	 * @param topK the number of hits requested, a lower bound of what is reranked
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
