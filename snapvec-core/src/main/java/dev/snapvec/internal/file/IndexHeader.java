package dev.snapvec.internal.file;

import java.io.IOException;

/**
 * What the file of every index says of it.
 */
public sealed interface IndexHeader
		permits SnapFormat.Header, ResidualFormat.Header, PqFormat.Header, IvfPqFormat.Header {

	/**
	 * Reads the header of a file of any kind.
	 * @param source the file, read up to the end of its version
	 * @return the header
	 * @throws MalformedFileException if it holds what cannot be, or more than the file
	 * @throws IOException if reading fails
	 */
	static IndexHeader read(FileSource source) throws IOException {
		return switch (source.kind()) {
			case SNAP -> SnapFormat.readHeader(source);
			case RESIDUAL -> ResidualFormat.readHeader(source);
			case PQ -> PqFormat.readHeader(source);
			case IVF_PQ -> IvfPqFormat.readHeader(source);
		};
	}

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

	/**
	 * @param version the version of the file's format
	 * @return bytes between the header and the first id
	 */
	long bytesBeforeIds(int version);

}
