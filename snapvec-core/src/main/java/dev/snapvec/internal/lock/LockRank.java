package dev.snapvec.internal.lock;

/**
 * The locks of the engine and the store, in the order in which a thread may acquire them:
 * a thread that holds a lock may wait for those below it, but for no other of the same
 * rank. None of them is held while code of the application runs, except an action between
 * mutations, for which waiting for other locks is rejected. See
 * docs/architecture.md#locks.
 */
public enum LockRank {

	/** {@code IndexStore}: saves, restores and closes, one at a time. */
	STORE,

	/** {@code SafeIndex}: shared by mutations, exclusive for what runs between them. */
	HANDLE,

	/** {@code BusyIds}: the ids of the mutations in progress. */
	IDS,

	/** {@code StoreLog}: the first mutation starts the log of a new index. */
	LOG_BEGIN,

	/** {@code LogWriter}: forces the records of a log to disk. */
	LOG_FORCE,

	/** {@code LogWriter}: the position of the next record of a log. */
	LOG_APPEND,

	/** {@code DirectoryLock}: checks that the directory is still owned. */
	DIRECTORY,

	/** {@code Compactor}: one compaction or freeze of an index at a time. */
	COMPACTION,

	/** {@code IndexWriter}: publishes a view of the rows. */
	WRITER,

	/** {@code StoreFollower}: loads a snapshot; nothing is locked meanwhile. */
	FOLLOWER,

	/** {@code DocumentStore}: publishes a view of the documents. */
	DOCUMENTS

}
