/**
 * Actuator endpoint of the indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
