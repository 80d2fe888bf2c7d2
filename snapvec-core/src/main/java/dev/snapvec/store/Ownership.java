package dev.snapvec.store;

import java.io.IOException;

/**
 * Whether a directory is still this writer's.
 * <p>
 * It is asked after a mutation is written and before its call returns, never the other
 * way round. A second writer first writes its token and reads the logs afterwards. So
 * what the first one acknowledged after it had asked was written before the second one
 * read it; and what it records later, it does not acknowledge.
 */
@FunctionalInterface
interface Ownership {

	/**
	 * @throws IOException if the directory may be another writer's
	 * @throws dev.snapvec.StoreLockedException if it is
	 */
	void require() throws IOException;

}
