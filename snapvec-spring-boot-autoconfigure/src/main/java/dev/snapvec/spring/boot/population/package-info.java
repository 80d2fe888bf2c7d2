/**
 * Training and filling of indexes by populators. Internal to the starter: not for
 * applications.
 */
@NullMarked
package dev.snapvec.spring.boot.population;

import org.jspecify.annotations.NullMarked;
