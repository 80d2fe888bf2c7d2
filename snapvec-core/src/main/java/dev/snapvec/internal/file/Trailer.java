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

	private Trailer() {
	}

	static boolean isAt(ByteBuffer bytes) {
		return bytes.getInt(0) == MAGIC;
	}

	static int checksum(ByteBuffer bytes) {
		return bytes.getInt(Integer.BYTES);
	}

	static void put(ByteBuffer target, int checksum) {
		target.putInt(MAGIC).putInt(checksum);
	}

}
