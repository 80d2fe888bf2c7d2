package dev.snapvec.documents;

import java.math.BigDecimal;

/**
 * Numbers as {@code double}, for an index that orders them. The nearest {@code double}
 * grows with the number, so it decides every comparison but that of two numbers with the
 * same one. Decimals of at most 15 digits have different ones.
 */
final class DecimalPoint {

	private static final int MOST_DIGITS = 15;

	/** Within the range in which a {@code double} has 53 bits. */
	private static final double LEAST = 1e-290;

	private static final double GREATEST = 1e290;

	private DecimalPoint() {
	}

	/**
	 * {@return the nearest double of a normalized number, never minus zero}
	 */
	static double of(Number number) {
		return number.doubleValue() + 0.0;
	}

	/**
	 * {@return whether no other such number has the same nearest double}
	 * @param number a normalized number other than NaN
	 */
	static boolean isShort(Number number) {
		double magnitude = Math.abs(number.doubleValue());
		if (number instanceof Double) {
			return true;
		}
		if (number instanceof Long) {
			return magnitude < 1e15;
		}
		return ((BigDecimal) number).precision() <= MOST_DIGITS && magnitude >= LEAST && magnitude <= GREATEST;
	}

}
