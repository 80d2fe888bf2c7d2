/**
 * Vectors to codes, and queries to score tables.
 */
@NullMarked
package dev.snapvec.internal.quantize;

import org.jspecify.annotations.NullMarked;
