/**
 * What the engine requires of an index type. Each type has a package below with its
 * quantizer and its file format, both created from its spec. See
 * docs/adr/0011-an-index-type-is-a-spec.md, and docs/architecture.md for how to add a
 * type.
 */
@NullMarked
package dev.snapvec.internal.type;

import org.jspecify.annotations.NullMarked;
