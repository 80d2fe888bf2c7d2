package dev.snapvec.internal.rows;

/**
 * Two rows with the same id.
 *
 * @param id the id
 * @param first its first row
 * @param second its second row
 */
public record DuplicateId(String id, int first, int second) {
}
