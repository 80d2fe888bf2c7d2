package dev.snapvec.internal.lock;

/**
 * The locks of the engine and the store in the order in which a thread may take them: one
 * that holds a lock may wait for those below it, and for no other of the same rank. None
 * of them is held while code of the application runs, but for an action between
 * mutations, which is refused what it must not wait for.
 */
public enum LockRank {

	/** {@code IndexStore}: saves, restores and closes, one at a time. */
	STORE,

	/** {@code SafeIndex}: shared by mutations, exclusive for what goes between them. */
	HANDLE,

	/** {@code BusyIds}: the set of ids of the mutations under way. */
	IDS,

	/** {@code StoreLog}: the first mutation begins the log of a new index. */
	LOG_BEGIN,

	/** {@code LogWriter}: has a log's records forced to disk. */
	LOG_FORCE,

	/** {@code LogWriter}: where the next record of a log goes. */
	LOG_APPEND,

	/** {@code DirectoryLock}: asks whether the directory is still owned. */
	DIRECTORY,

	/** {@code Compactor}: one compaction or freeze of an index at a time. */
	COMPACTION,

	/** {@code IndexWriter}: publishes a view of the rows. */
	WRITER,

	/** {@code StoreFollower}: loads a snapshot; nothing is locked meanwhile. */
	FOLLOWER

}
