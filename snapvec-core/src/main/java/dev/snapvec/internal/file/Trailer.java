package dev.snapvec.internal.file;

import java.nio.ByteBuffer;

/**
 * The last eight bytes of an index file: {@code CRC2}, then the CRC-32 of everything
 * before.
 */
final class Trailer {

	static final int BYTES = 8;

	/** {@code CRC2} as a little-endian number. */
	private static final int MAGIC = 'C' | 'R' << 8 | 'C' << 16 | '2' << 24;

	/** The polynomial of CRC-32, with the lowest power in the highest bit. */
	private static final int POLYNOMIAL = 0xedb88320;

	private Trailer() {
	}

	static boolean isAt(ByteBuffer bytes) {
		return bytes.getInt(0) == MAGIC;
	}

	static int checksum(ByteBuffer bytes) {
		return bytes.getInt(Integer.BYTES);
	}

	/**
	 * Returns whether a single flipped bit explains a checksum mismatch.
	 * @param bytes number of bytes that the checksum covers
	 */
	static boolean isOneBitOff(int stored, int computed, long bytes) {
		int difference = stored ^ computed;
		int ofOneBit = 1;
		for (long bit = 0; bit < bytes * Byte.SIZE; bit++) {
			ofOneBit = (ofOneBit >>> 1) ^ (-(ofOneBit & 1) & POLYNOMIAL);
			if (ofOneBit == difference) {
				return true;
			}
		}
		return false;
	}

	static void put(ByteBuffer target, int checksum) {
		target.putInt(MAGIC).putInt(checksum);
	}

}
