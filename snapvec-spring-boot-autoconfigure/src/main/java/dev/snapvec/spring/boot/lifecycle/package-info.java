/**
 * Start and stop of all indexes, and the schedule of saves and reloads. Internal to the
 * starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.lifecycle;

import org.jspecify.annotations.NullMarked;
