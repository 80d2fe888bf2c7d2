package dev.snapvec.internal.file;

/**
 * The most that a file may ask for.
 */
final class Limits {

	/** Longest vector. */
	static final int DIMENSION = 1 << 16;

	/** Rows are numbered by ints, and blocks of them may be full. */
	static final int ROWS = Integer.MAX_VALUE - (1 << 13);

	private Limits() {
	}

}
