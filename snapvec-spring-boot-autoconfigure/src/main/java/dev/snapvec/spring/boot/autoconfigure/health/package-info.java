/**
 * Auto-configuration of the health of indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
