package dev.snapvec.spring.boot.autoconfigure;

import dev.snapvec.store.LogSync;

/**
 * Whether changes of an index are recorded in a write-ahead log.
 *
 * @param enabled whether they are
 * @param sync when records are forced to disk
 */
record LogPolicy(boolean enabled, LogSync sync) {

}
