package dev.snapvec.documents;

/**
 * Figures of a document store.
 *
 * @param documents the number of documents, those without text and metadata included
 * @param tail the number of changes that Lucene does not hold yet
 * @param segments the number of Lucene's segments
 * @param bytes the size of all files in bytes
 */
record DocumentStoreStats(long documents, int tail, int segments, long bytes) {
}
