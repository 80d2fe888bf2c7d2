/**
 * Auto-configuration of indexes: properties, beans and lifecycle.
 */
@NullMarked
package dev.snapvec.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
