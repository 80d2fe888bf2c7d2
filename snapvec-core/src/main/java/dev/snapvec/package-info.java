/**
 * Embedded, compressed vector indexes: four index types behind
 * {@link dev.snapvec.VectorIndex}, and {@link dev.snapvec.SafeIndex}, the handle that
 * adds a name, replacement, listeners, interceptors and a cache.
 */
@NullMarked
package dev.snapvec;

import org.jspecify.annotations.NullMarked;
