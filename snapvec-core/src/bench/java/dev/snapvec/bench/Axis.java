package dev.snapvec.bench;

import java.util.Locale;

/**
 * Values along a line of a picture.
 *
 * @param least the value at its start
 * @param most the value at its end
 * @param start where it starts
 * @param end where it ends
 */
record Axis(double least, double most, double start, double end) {

	private static final double MICROS_A_MILLI = 1000;

	double at(double value) {
		return this.start + (value - this.least) / (this.most - this.least) * (this.end - this.start);
	}

	boolean contains(double value) {
		return value >= this.least && value <= this.most;
	}

	static String micros(double micros) {
		return (micros < MICROS_A_MILLI) ? String.format(Locale.ROOT, "%.0f µs", micros)
				: String.format(Locale.ROOT, "%.0f ms", micros / MICROS_A_MILLI);
	}

}
