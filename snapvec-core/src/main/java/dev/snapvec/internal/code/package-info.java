/**
 * The layout of codes: in which byte each bit of a code is.
 * <p>
 * <b>Terms.</b> A row has one code per coordinate or subspace, of 2 to 8 bits; some types
 * have two, one after the other. The codes are divided into slices, from their highest
 * bits to their lowest ({@link dev.snapvec.internal.code.CodeSlices}): one slice, or
 * several, so that a search can read some of the bits only. Each
 * {@link dev.snapvec.internal.code.Slice} has a
 * {@link dev.snapvec.internal.code.Packing}, which determines how it fills the bytes of a
 * row: <pre>
 * NIBBLES  1, 2 or 4 bits   byte c = codes 2c, 2c + 1        (of 4 bits, the first one low)
 * PAIRS    3 bits           3 bytes = codes 8c … 8c + 7      (three pairs, and a fourth in
 *                                                             their high bits)
 * BYTES    8 bits           byte c = code c
 * </pre> <b>Three forms</b> of codes:
 * <ol>
 * <li>one code per byte, as quantizers produce and read them;
 * <li>row-major: the bytes of all slices of a row, then those of the next row;
 * <li>groups, as a block stores them: one array per slice, in which the byte of column c
 * of row r is at {@code ((r / 64) * columns + c) * 64 + r % 64}. A kernel reads one
 * column of 64 rows with one instruction. Slices that are mostly read for single rows are
 * stored in groups of eight rows: then a row's bytes are in fewer cache lines.
 * </ol>
 * {@code CodeSlices} converts between the first form and the second,
 * {@link dev.snapvec.internal.code.Transpose} the second to the third, and the first to
 * the third column by column. {@link dev.snapvec.internal.code.JoinedGroups} joins slices
 * to the one slice in which kernels read codes. {@code BitStream} is a form of files
 * only: codes without gaps, also between rows.
 * <p>
 * {@link dev.snapvec.internal.code.Groups} has the two sizes, 64 rows and 4,032 rows, and
 * all divisions by them.
 * <p>
 * See docs/adr/0001-blocks-and-views.md for blocks and
 * docs/adr/0013-a-search-is-a-plan.md for slices.
 */
@NullMarked
package dev.snapvec.internal.code;

import org.jspecify.annotations.NullMarked;
