/**
 * Indexes of tenants, which are opened on use. Internal to the starter: not for
 * applications.
 */
@NullMarked
package dev.snapvec.spring.boot.tenant;

import org.jspecify.annotations.NullMarked;
