/**
 * The components of quantizers (rotations, codebooks, coarse centroids, scalar levels),
 * and their training.
 */
@NullMarked
package dev.snapvec.internal.quantize;

import org.jspecify.annotations.NullMarked;
