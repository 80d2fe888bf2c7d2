/**
 * Failure analyzers, which explain why the application failed to start. Internal to the
 * starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.diagnostics;

import org.jspecify.annotations.NullMarked;
