package dev.snapvec.store;

import java.io.IOException;

/**
 * Checks that this writer still owns a directory.
 * <p>
 * It is checked after a mutation is written and before its call returns, never the other
 * way round. A second writer first writes its token and then reads the segments. So what
 * the first writer acknowledged after its check was written before the second one read;
 * and what it records later, it does not acknowledge. See
 * docs/adr/0010-a-log-that-is-never-appended-to-twice.md.
 */
@FunctionalInterface
interface Ownership {

	/**
	 * @throws IOException if another writer may own the directory
	 * @throws dev.snapvec.StoreLockedException if another writer owns it
	 */
	void require() throws IOException;

}
