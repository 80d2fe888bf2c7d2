package dev.snapvec.internal.file;

/**
 * What the file of every index says of it.
 */
public sealed interface IndexHeader
		permits SnapFormat.Header, ResidualFormat.Header, PqFormat.Header, IvfPqFormat.Header {

	/**
	 * @return length of the vectors
	 */
	int dimension();

	/**
	 * @return seed of everything random
	 */
	long seed();

	/**
	 * @return whether vectors had length 1
	 */
	boolean normalized();

	/**
	 * @return how many rows the file holds
	 */
	int rows();

}
