package dev.snapvec.internal.file;

/**
 * The most that a file may ask for, and what follows from what it asks for.
 */
final class Limits {

	/** Longest vector. */
	static final int DIMENSION = 1 << 16;

	/** Rows are numbered by ints, and blocks of them may be full. */
	static final int ROWS = Integer.MAX_VALUE - (1 << 13);

	private Limits() {
	}

	/** Bytes that a row's norm takes. */
	static int normBytes(boolean normalized) {
		return normalized ? 0 : Float.BYTES;
	}

}
