/**
 * What applications use: indexes by name, indexes of tenants, populators, customizers and
 * snapshots.
 */
@NullMarked
package dev.snapvec.spring.boot;

import org.jspecify.annotations.NullMarked;
