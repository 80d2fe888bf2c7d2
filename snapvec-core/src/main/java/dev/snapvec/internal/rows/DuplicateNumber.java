package dev.snapvec.internal.rows;

/**
 * Two rows with the same number.
 *
 * @param number the number
 * @param first its first row
 * @param second its second row
 */
public record DuplicateNumber(long number, int first, int second) {
}
