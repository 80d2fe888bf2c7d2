/**
 * Numbers of rows, as documents use them: the API of indexes does not expose them.
 * <p>
 * A <i>number</i> identifies one version of a document. It is given to a row when the row
 * is written, and never to another one; a row that replaces it has a higher number. A row
 * without document has none, which is 0. {@link dev.snapvec.internal.number.Numbers}
 * leads from an index or a handle to its numbers.
 * <p>
 * See docs/adr/0015-numbers-of-rows.md.
 */
@NullMarked
package dev.snapvec.internal.number;

import org.jspecify.annotations.NullMarked;
