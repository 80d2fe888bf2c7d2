/**
 * The state of an index at one moment, for those who save it.
 */
@NullMarked
package dev.snapvec.internal.capture;

import org.jspecify.annotations.NullMarked;
