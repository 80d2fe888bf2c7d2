package dev.snapvec.internal.code;

/**
 * The padded dimension of rotated vectors.
 */
public final class Padding {

	private Padding() {
	}

	/**
	 * @param dimension the dimension of vectors, at least 1
	 * @return the smallest power of two that is not smaller, to which rotated vectors are
	 * padded
	 */
	public static int padded(int dimension) {
		return (dimension == 1) ? 1 : Integer.highestOneBit(dimension - 1) * 2;
	}

}
