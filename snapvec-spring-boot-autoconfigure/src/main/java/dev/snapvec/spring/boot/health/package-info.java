/**
 * Health of the indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.health;

import org.jspecify.annotations.NullMarked;
