/**
 * What the engine asks of an index type. Each type has a package below with its quantizer
 * and its file format, both made from its spec.
 */
@NullMarked
package dev.snapvec.internal.type;

import org.jspecify.annotations.NullMarked;
