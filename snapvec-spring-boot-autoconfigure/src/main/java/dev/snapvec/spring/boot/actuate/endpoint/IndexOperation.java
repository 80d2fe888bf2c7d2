package dev.snapvec.spring.boot.actuate.endpoint;

/**
 * Operations on an index that the endpoint supports.
 *
 * @since 0.1.0
 */
public enum IndexOperation {

	/**
	 * Save the index, if it has changed.
	 */
	SNAPSHOT,

	/**
	 * Reject changes from now on.
	 */
	FREEZE,

	/**
	 * Accept changes again.
	 */
	UNFREEZE,

	/**
	 * Drop deleted rows and free spare memory.
	 */
	COMPACT,

	/**
	 * Load the newest snapshot of the process that the index follows, if it is newer than
	 * the one loaded.
	 */
	RELOAD,

	/**
	 * Clear the cached search results.
	 */
	CLEAR_CACHE,

	/**
	 * Read snapshots and write-ahead logs as a start would, and report what it would
	 * restore.
	 */
	VERIFY,

	/**
	 * Measure the recall of sampled queries: the share of true nearest neighbours that
	 * searches return.
	 */
	RECALL

}
