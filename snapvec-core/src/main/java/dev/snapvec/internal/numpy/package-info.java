/**
 * NumPy's random generators, bit for bit, because rotations in index files are stored as
 * seeds.
 */
@NullMarked
package dev.snapvec.internal.numpy;

import org.jspecify.annotations.NullMarked;
