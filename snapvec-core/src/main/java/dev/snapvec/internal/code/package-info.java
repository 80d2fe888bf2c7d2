/**
 * How the codes of rows lie in memory.
 */
@NullMarked
package dev.snapvec.internal.code;

import org.jspecify.annotations.NullMarked;
