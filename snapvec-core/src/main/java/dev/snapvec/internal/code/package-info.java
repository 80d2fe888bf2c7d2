/**
 * In which byte a bit of a code lies.
 * <p>
 * A row has one code a coordinate or a subspace, of 2 to 8 bits; some types have two, one
 * after the other. A code is cut into slices, from its highest bits to its lowest
 * ({@link dev.snapvec.internal.code.CodeSlices}): in one piece, or so that a search can
 * read some of its bits alone. Each {@link dev.snapvec.internal.code.Slice} has a
 * {@link dev.snapvec.internal.code.Packing}, which tells how it fills the bytes of a row:
 * <pre>
 * NIBBLES  1, 2 or 4 bits   byte c = codes 2c, 2c + 1        (of 4 bits, the first one low)
 * PAIRS    3 bits           3 bytes = codes 8c … 8c + 7      (three pairs, and a fourth in
 *                                                             their high bits)
 * BYTES    8 bits           byte c = code c
 * </pre> Codes are in one of three forms:
 * <ol>
 * <li>one code a byte, as quantizers make them;
 * <li>row by row: the bytes of all slices of a row, then those of the next row;
 * <li>in groups, as a block holds them: of each slice an array, in which the byte of
 * column c of row r is at {@code ((r / 64) * columns + c) * 64 + r % 64}. A kernel reads
 * the same column of 64 rows with one instruction. Slices of which mostly single rows are
 * read lie in groups of eight rows: a row's bytes are then in fewer lines of memory.
 * </ol>
 * {@code CodeSlices} goes from the first form to the second and back,
 * {@link dev.snapvec.internal.code.Transpose} from the second to the third, or from the
 * first column by column. {@link dev.snapvec.internal.code.JoinedGroups} puts slices
 * together to the one slice that kernels read codes in. {@code BitStream} is a form of
 * files only: codes without gaps, also between rows.
 * <p>
 * {@link dev.snapvec.internal.code.Groups} has the two sizes, 64 and 4,032, and all that
 * is divided by them. See ADR 1 for blocks and ADR 13 for slices.
 */
@NullMarked
package dev.snapvec.internal.code;

import org.jspecify.annotations.NullMarked;
