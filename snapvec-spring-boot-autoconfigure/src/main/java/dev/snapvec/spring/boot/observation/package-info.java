/**
 * Observations of searches and snapshots. Internal to the starter: not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.observation;

import org.jspecify.annotations.NullMarked;
