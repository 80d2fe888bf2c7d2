/**
 * The configuration as it is written: names, keys, directories. Internal to the starter:
 * not for applications.
 */
@NullMarked
package dev.snapvec.spring.boot.config;

import org.jspecify.annotations.NullMarked;
