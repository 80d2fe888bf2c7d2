/**
 * Persistence: a directory with snapshots of an index and its write-ahead log.
 *
 * <p>
 * {@link dev.snapvec.store.IndexStore} is the one writer of a directory,
 * {@link dev.snapvec.store.StoreFollower} a reader of it, and
 * {@link dev.snapvec.store.LogSync} decides what a power loss can take.
 */
@NullMarked
package dev.snapvec.store;

import org.jspecify.annotations.NullMarked;
