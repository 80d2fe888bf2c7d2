/**
 * Scoring rows against a query, and keeping the best.
 */
@NullMarked
package dev.snapvec.internal.scan;

import org.jspecify.annotations.NullMarked;
