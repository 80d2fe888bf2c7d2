/**
 * Application events of the indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.event;

import org.jspecify.annotations.NullMarked;
