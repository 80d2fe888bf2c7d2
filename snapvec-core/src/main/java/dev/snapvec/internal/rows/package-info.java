/**
 * The rows of an index: codes, numbers and ids, which one writer publishes to readers as
 * immutable views.
 * <p>
 * <b>Terms.</b> A {@link dev.snapvec.internal.rows.RowBlock} holds up to 4,032 rows. A
 * {@link dev.snapvec.internal.rows.View} is what a search reads: blocks, the number of
 * rows in them, the live rows ({@code LiveRows}) and the id table ({@code IdLookup}). A
 * {@link dev.snapvec.internal.rows.RowLayout} lists the parts of a row. A row is
 * <i>dead</i> if it was deleted or replaced and its memory is not freed yet. In a layout
 * with inverted lists the first rows are sorted by list; the rows behind them are the
 * <i>tail</i>.
 * <p>
 * <b>One row.</b> An encoder writes it to a batch
 * ({@link dev.snapvec.internal.rows.EncodedRows}), row by row.
 * {@link dev.snapvec.internal.rows.RowStore#put} copies it into a block, group by group,
 * behind the rows that any published view counts, writes its id, links it to the row of
 * the same id that it replaces ({@code IdTable}), and marks that one as dead. Then one
 * volatile write publishes the next view. A search that started before still reads its
 * own view: no array that it reads is reallocated, and no row in it changes.
 * <p>
 * <b>Compaction.</b> {@link dev.snapvec.internal.rows.Compaction} copies the live rows to
 * new blocks, sorted by list, while searches and mutations continue, and publishes them
 * as the next view.
 * <p>
 * <b>Files.</b> {@link dev.snapvec.internal.rows.RowOrder} gives the live rows of a view
 * in the order of files; {@link dev.snapvec.internal.rows.RowLoader} fills a store from
 * the sections of a file.
 * <p>
 * See docs/adr/0001-blocks-and-views.md and docs/adr/0007-background-compaction.md.
 */
@NullMarked
package dev.snapvec.internal.rows;

import org.jspecify.annotations.NullMarked;
