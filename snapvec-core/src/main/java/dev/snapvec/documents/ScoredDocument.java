package dev.snapvec.documents;

/**
 * A document that was found.
 *
 * @param number its number
 * @param score its score; higher is better
 */
record ScoredDocument(long number, float score) {
}
