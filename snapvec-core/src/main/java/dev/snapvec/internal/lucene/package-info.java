/**
 * Lucene indexes whose commits are kept as long as snapshots name them.
 * <p>
 * {@link dev.snapvec.internal.lucene.LuceneIndex} writes one: it is changed on one thread
 * ({@link dev.snapvec.internal.lucene.OwnThread}), which nobody interrupts, because an
 * interrupt closes Lucene's writer; merges run on another one. What is committed stays
 * until {@link dev.snapvec.internal.lucene.LuceneIndex#retain} no longer names it. A
 * failure of the disk closes Lucene's writer; the next change continues with what readers
 * have. See docs/adr/0016-documents-in-lucene.md.
 */
@NullMarked
package dev.snapvec.internal.lucene;

import org.jspecify.annotations.NullMarked;
