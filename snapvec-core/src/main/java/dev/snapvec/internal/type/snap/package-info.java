/**
 * Quantizer and file format of SnapIndex.
 */
@NullMarked
package dev.snapvec.internal.type.snap;

import org.jspecify.annotations.NullMarked;
