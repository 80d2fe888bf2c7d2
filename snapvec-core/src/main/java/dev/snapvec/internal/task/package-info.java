/**
 * Work in parallel, on an executor of the application.
 */
@NullMarked
package dev.snapvec.internal.task;

import org.jspecify.annotations.NullMarked;
