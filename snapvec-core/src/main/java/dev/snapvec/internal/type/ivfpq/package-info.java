/**
 * Quantizer and file format of IvfPqSnapIndex.
 */
@NullMarked
package dev.snapvec.internal.type.ivfpq;

import org.jspecify.annotations.NullMarked;
