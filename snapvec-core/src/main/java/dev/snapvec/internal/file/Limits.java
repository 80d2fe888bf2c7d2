package dev.snapvec.internal.file;

import dev.snapvec.internal.code.Groups;

/**
 * The most that a file may ask for, and what follows from what it asks for.
 */
final class Limits {

	/** Longest vector. */
	static final int DIMENSION = 1 << 16;

	/** Most rows of an index. */
	static final int ROWS = Groups.MOST_ROWS;

	private Limits() {
	}

	/** Bytes that a row's norm takes. */
	static int normBytes(boolean normalized) {
		return normalized ? 0 : Float.BYTES;
	}

}
