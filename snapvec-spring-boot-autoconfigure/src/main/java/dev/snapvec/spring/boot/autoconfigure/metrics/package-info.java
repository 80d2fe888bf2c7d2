/**
 * Auto-configuration of the meters of indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
