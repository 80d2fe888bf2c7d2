/**
 * What an application sees of its indexes: the registry, the populators, the snapshots.
 */
@NullMarked
package dev.snapvec.spring.boot;

import org.jspecify.annotations.NullMarked;
