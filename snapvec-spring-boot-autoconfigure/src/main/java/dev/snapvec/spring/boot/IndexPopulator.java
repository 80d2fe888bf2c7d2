package dev.snapvec.spring.boot;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;

/**
 * Callback that fills an index when the application starts and no snapshot has restored
 * it. Beans of this type are called in their order, before the web server takes requests.
 * What they put in is saved once all of them are done; if one fails, so does the start,
 * and nothing is saved.
 */
@FunctionalInterface
public interface IndexPopulator {

	/**
	 * Fills an index.
	 * @param index the index, empty unless another populator came first
	 * @param progress is told how far it is, which is logged from time to time; can be
	 * given to {@link SafeIndex#addAll}
	 * @throws Exception if it cannot be filled
	 */
	void populate(SafeIndex index, ProgressListener progress) throws Exception;

	/**
	 * Tells which indexes this populator fills. All of them by default.
	 * @param indexName the name of an index
	 * @return whether to call it for that index
	 */
	default boolean populates(String indexName) {
		return true;
	}

}
