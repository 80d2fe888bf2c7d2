/**
 * Auto-configuration of the Actuator endpoint of indexes.
 */
@NullMarked
package dev.snapvec.spring.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
