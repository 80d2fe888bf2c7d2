/**
 * Indexes with the stores from which they are restored and to which they are saved.
 * Internal to the starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.index;

import org.jspecify.annotations.NullMarked;
