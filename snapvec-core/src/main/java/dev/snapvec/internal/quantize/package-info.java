/**
 * The parts that quantizers are made of, and their training.
 */
@NullMarked
package dev.snapvec.internal.quantize;

import org.jspecify.annotations.NullMarked;
