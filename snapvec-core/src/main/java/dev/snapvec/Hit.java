package dev.snapvec;

/**
 * A row that a search found.
 *
 * @param id the id it was added with
 * @param score an estimate of its similarity to the query, higher is better; see
 * {@link Similarity} for its range
 * @since 0.1.0
 */
public record Hit(String id, float score) {
}
