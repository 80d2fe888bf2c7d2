/**
 * The Actuator endpoint of indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
