/**
 * The rows of an index: code blocks, ids and live rows, published to readers as one
 * immutable view.
 */
@NullMarked
package dev.snapvec.internal.rows;

import org.jspecify.annotations.NullMarked;
