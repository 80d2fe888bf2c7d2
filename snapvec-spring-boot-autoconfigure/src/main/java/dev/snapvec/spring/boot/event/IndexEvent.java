package dev.snapvec.spring.boot.event;

import dev.snapvec.SafeIndex;

/**
 * Application event of an index. Published after the fact, on the thread that caused it;
 * the failure of a listener is logged and has no other effect.
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
