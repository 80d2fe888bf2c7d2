/**
 * Caches of search results. Internal to the starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.cache;

import org.jspecify.annotations.NullMarked;
