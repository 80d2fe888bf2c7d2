package dev.snapvec;

/**
 * One result of a search.
 *
 * @param id the id of the vector
 * @param score estimated similarity to the query, higher is better; see
 * {@link Similarity} for the range
 * @since 0.1.0
 */
public record Hit(String id, float score) {
}
