package dev.snapvec.spring.boot.actuate.endpoint;

/**
 * What can be done to an index from outside.
 *
 * @since 0.1.0
 */
public enum IndexOperation {

	/**
	 * Save it, if it changed.
	 */
	SNAPSHOT,

	/**
	 * End writing.
	 */
	FREEZE,

	/**
	 * Allow writing again.
	 */
	UNFREEZE,

	/**
	 * Drop deleted rows and give back spare memory.
	 */
	COMPACT,

	/**
	 * Load the newest snapshot of the process that it follows, if it is newer.
	 */
	RELOAD,

	/**
	 * Forget what searches found.
	 */
	CLEAR_CACHE,

	/**
	 * Read its snapshots and logs as a start would, and tell what that would restore.
	 */
	VERIFY,

	/**
	 * Measure how much of what there is to find searches find.
	 */
	RECALL

}
