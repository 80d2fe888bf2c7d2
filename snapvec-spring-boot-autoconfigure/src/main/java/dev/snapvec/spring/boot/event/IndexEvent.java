package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * Something happened to an index. It is told on the thread that it happened on, after it
 * happened; that a listener fails is logged and changes nothing.
 *
 * @since 0.1.0
 */
public sealed interface IndexEvent permits IndexRestored, IndexPopulating, IndexPopulated, IndexFrozen, IndexReloaded,
		SnapshotWritten, SnapshotFailed {

	/**
	 * Returns the index.
	 * @return the index
	 */
	SafeIndex index();

}
