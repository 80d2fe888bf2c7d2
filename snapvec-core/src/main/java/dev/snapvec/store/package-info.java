/**
 * Index files on disk: generations of snapshots in a directory.
 */
@NullMarked
package dev.snapvec.store;

import org.jspecify.annotations.NullMarked;
