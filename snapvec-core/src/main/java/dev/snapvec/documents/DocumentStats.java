package dev.snapvec.documents;

/**
 * Sizes of the documents of an index. Immutable.
 *
 * @param documents the number of documents, those without text and metadata included
 * @param pending the number of changes in memory that are not handed over to Lucene yet
 * @param segments the number of Lucene's segments
 * @param bytes the size of Lucene's files in bytes
 * @since 0.1.0
 */
public record DocumentStats(long documents, int pending, int segments, long bytes) {
}
