/**
 * Indexes as they are configured: validated, with all inherited settings. Internal to the
 * starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.definition;

import org.jspecify.annotations.NullMarked;
