/**
 * Quantizer and file format of ResidualSnapIndex.
 */
@NullMarked
package dev.snapvec.internal.type.residual;

import org.jspecify.annotations.NullMarked;
