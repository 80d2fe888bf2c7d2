/**
 * Quantizer and file format of PqSnapIndex, and the parts that IvfPqSnapIndex shares.
 */
@NullMarked
package dev.snapvec.internal.type.pq;

import org.jspecify.annotations.NullMarked;
