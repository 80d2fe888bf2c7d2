/**
 * The locks of the engine and the store, and the order in which a thread acquires them.
 */
@NullMarked
package dev.snapvec.internal.lock;

import org.jspecify.annotations.NullMarked;
