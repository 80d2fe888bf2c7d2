/**
 * Quantizer and file format of PqSnapIndex, and what IvfPqSnapIndex has of it.
 */
@NullMarked
package dev.snapvec.internal.type.pq;

import org.jspecify.annotations.NullMarked;
