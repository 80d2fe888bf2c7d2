/**
 * What failure analyzers say about a start that failed. Internal to the starter: not for
 * applications.
 */
@NullMarked
package dev.snapvec.spring.boot.diagnostics;

import org.jspecify.annotations.NullMarked;
