package dev.snapvec.internal.code;

/**
 * How long vectors are once they are rotated.
 */
public final class Padding {

	private Padding() {
	}

	/**
	 * @param dimension the dimension of vectors, at least 1
	 * @return the next power of two, which rotated vectors are padded to
	 */
	public static int padded(int dimension) {
		return (dimension == 1) ? 1 : Integer.highestOneBit(dimension - 1) * 2;
	}

}
