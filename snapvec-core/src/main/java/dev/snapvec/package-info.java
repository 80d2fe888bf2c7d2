/**
 * Embedded, compressed vector indexes: four quantizers behind one API, and
 * {@link dev.snapvec.SafeIndex} to share one between threads.
 */
@NullMarked
package dev.snapvec;

import org.jspecify.annotations.NullMarked;
