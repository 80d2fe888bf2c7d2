/**
 * Measures the indexes, and other libraries on the same vectors, in one process.
 */
@NullMarked
package dev.snapvec.bench;

import org.jspecify.annotations.NullMarked;
