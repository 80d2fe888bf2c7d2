/**
 * The meters of indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.metrics;

import org.jspecify.annotations.NullMarked;
