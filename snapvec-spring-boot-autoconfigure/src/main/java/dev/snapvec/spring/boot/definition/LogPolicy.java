package dev.snapvec.spring.boot.definition;

import dev.snapvec.store.LogSync;

/**
 * Whether changes of an index are recorded in a write-ahead log.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether changes are recorded
 * @param sync when records are forced to disk
 */
public record LogPolicy(boolean enabled, LogSync sync) {

}
