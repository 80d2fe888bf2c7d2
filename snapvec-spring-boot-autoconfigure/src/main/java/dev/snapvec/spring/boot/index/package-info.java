/**
 * Definitions of indexes, and indexes with what they are restored from and saved to.
 * Internal to the starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.index;

import org.jspecify.annotations.NullMarked;
